"use client";

import { Button, Combobox, Loader, Pill, TextInput, useCombobox } from "@mantine/core";
import { useState } from "react";
import { LiveChoices, TRY_AGAIN } from "#components/card-form/live-choices.tsx";
import { useLiveChoices } from "#components/card-form/use-live-choices.ts";
import classes from "./run-by-hand.module.css";
import type { Person } from "./run-draft.ts";

/** Picks people of the org one by one. */
export function PeoplePicker(props: {
  connection: string;
  picked: readonly Person[];
  onChange: (people: Person[]) => void;
}) {
  const { connection, picked, onChange } = props;
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState(false);
  const combobox = useCombobox({
    opened,
    onOpenedChange: setOpened,
    onDropdownClose: () => combobox.resetSelectedOption(),
    loop: false,
  });
  const found = useLiveChoices({ alias: connection, loaderId: "okta.users" }, typed, opened);
  const taken = new Set(picked.map(({ id }) => id));
  // Enter right after typing must not pick somebody the search before had found.
  const choices = found.isSettled ? found.choices.filter(({ value }) => !taken.has(value)) : [];
  const pick = (id: string) => {
    if (id === TRY_AGAIN) return found.retry();
    const choice = choices.find(({ value }) => value === id);
    if (!choice) return;
    const [login = id, status = ""] = (choice.detail ?? "").split(" · ");
    onChange([...picked, { id, name: choice.label, login, status }]);
    setTyped("");
    combobox.closeDropdown();
  };
  return (
    <>
      <Combobox store={combobox} onOptionSubmit={pick} withinPortal>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            // Tells screen readers that arrows move in the list below.
            role="combobox"
            label="People"
            placeholder="Search by name, login or email"
            rightSection={opened && found.isLoading ? <Loader size={14} /> : undefined}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              combobox.openDropdown();
              combobox.selectFirstOption();
            }}
            onClick={() => combobox.openDropdown()}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <LiveChoices
          found={{ ...found, choices }}
          chosen=""
          connection={connection}
          label="People"
          nothing={`Nobody else in “${connection}” is called that.`}
        />
      </Combobox>
      {picked.length > 0 ? (
        <>
          <div className={classes.people}>
            {picked.map((person) => (
              <Pill
                key={person.id}
                withRemoveButton
                title={person.login}
                removeButtonProps={{
                  "aria-label": `Take out ${person.name}`,
                  "aria-hidden": false,
                  tabIndex: 0,
                }}
                onRemove={() => onChange(picked.filter(({ id }) => id !== person.id))}
              >
                {person.name}
              </Pill>
            ))}
          </div>
          {picked.length > 1 ? (
            <div>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange([])}>
                Take all {picked.length} out
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
    </>
  );
}
