import { Combobox, Group, Loader } from "@mantine/core";
import { memo } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { ListEnd } from "#components/ui/list-end.tsx";
import classes from "./card-form.module.css";
import type { LiveChoice, useLiveChoices } from "./use-live-choices.ts";

/** The value of the line that tries again: no choice has it. */
export const TRY_AGAIN = "\u0000try-again";

type Found = ReturnType<typeof useLiveChoices>;

/** Said where a list has nothing to choose from; undefined while it has, or while nobody knows yet. */
export function nothingFound(found: Found, search: string, connection: string): string | undefined {
  if (found.choices.length > 0 || found.hasMore || found.error || !found.isSettled) return undefined;
  if (found.note) return found.note;
  return search === ""
    ? `“${connection}” has nothing to choose from here.`
    : `Nothing in “${connection}” matches “${search}”. It is used as it is typed.`;
}

/**
 * The list under a picker: what was found so far, more as it is scrolled or walked with the arrow keys. Where there is
 * nothing to choose from it is not there: an empty box would only cover the fields below, so `nothingFound` stands in the
 * form.
 */
export function LiveChoices(props: {
  found: Found;
  chosen: string;
  connection: string;
  label: string;
  /** Said in the list itself where nothing is found. */
  nothing?: string;
}) {
  const { found, chosen, connection, label, nothing } = props;
  const { choices, error, isLoadingMore, hasMore, note } = found;
  const isLoading = found.isLoading || (!found.isSettled && !error);
  const isEmpty = choices.length === 0 && !error && !hasMore;
  const said = isEmpty ? nothing : note;
  return (
    <Combobox.Dropdown hidden={isEmpty && !isLoading && said === undefined}>
      <Combobox.Options mah={280} className={classes.choices} aria-label={`Choices for ${label}`}>
        {choices.map((choice) => (
          <Choice key={choice.value} choice={choice} active={choice.value === chosen} />
        ))}
        {error ? (
          <Combobox.Option value={TRY_AGAIN}>
            <div>“{connection}” could not be asked. Try again</div>
            <div className={classes.hint}>{messageOf(error)} A value can still be typed.</div>
          </Combobox.Option>
        ) : hasMore ? (
          // A new one after each page: it may still be in sight, and only what comes into sight is reported.
          <ListEnd key={found.pages} within="parent" onNear={found.more} />
        ) : null}
      </Combobox.Options>
      {isLoading || isLoadingMore || said ? (
        <Combobox.Footer>
          <div className={classes.hint} role="status">
            {isLoading || isLoadingMore ? (
              <Group gap={6}>
                <Loader size={12} />
                {isLoadingMore
                  ? `${choices.length.toLocaleString("en")} loaded, more are coming …`
                  : `Asking “${connection}” …`}
              </Group>
            ) : (
              said
            )}
          </div>
        </Combobox.Footer>
      ) : null}
    </Combobox.Dropdown>
  );
}

/** With thousands of them loaded, a page that comes in must not draw the others again. */
const Choice = memo(function Choice({ choice, active }: { choice: LiveChoice; active: boolean }) {
  return (
    <Combobox.Option value={choice.value} active={active}>
      <div>{choice.label}</div>
      {choice.detail ? <div className={classes.hint}>{choice.detail}</div> : null}
    </Combobox.Option>
  );
});
