"use client";

import { Button, Combobox, Loader, Pill, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { call } from "#lib/api/client.ts";
import { loadChoices } from "#lib/api/connections.ts";
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
  const [search] = useDebouncedValue(typed, 250);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, isFetching, error } = useQuery({
    queryKey: ["choices", connection, "okta.users", search],
    queryFn: ({ signal }) =>
      call(loadChoices, {
        params: { alias: connection, loaderId: "okta.users" },
        query: { search },
        signal,
      }),
    staleTime: 60_000,
    retry: false,
  });
  const taken = new Set(picked.map(({ id }) => id));
  // Enter right after typing must not pick somebody the search before had found.
  const settled = typed === search && !isFetching;
  const choices = settled ? (data?.choices ?? []).filter(({ value }) => !taken.has(value)) : [];
  const pick = (id: string) => {
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
            rightSection={isFetching ? <Loader size={14} /> : undefined}
            error={error ? `The org can't be searched now: ${messageOf(error)}` : undefined}
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
        <Combobox.Dropdown>
          <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label="People found">
            {choices.map(({ value, label, detail }) => (
              <Combobox.Option key={value} value={value}>
                <div>{label}</div>
                {detail ? <div className={classes.soft}>{detail}</div> : null}
              </Combobox.Option>
            ))}
            {settled ? null : <Combobox.Empty>Searching</Combobox.Empty>}
            {choices.length === 0 && settled ? <Combobox.Empty>Nobody is called that</Combobox.Empty> : null}
          </Combobox.Options>
        </Combobox.Dropdown>
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
