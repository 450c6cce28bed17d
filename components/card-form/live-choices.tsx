import { Combobox, Group, Loader } from "@mantine/core";
import { memo } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { ListEnd } from "#components/ui/list-end.tsx";
import classes from "./card-form.module.css";
import type { LiveChoice, useLiveChoices } from "./use-live-choices.ts";

/** The value of the line that tries again: no choice has it. */
export const TRY_AGAIN = "\u0000try-again";

/** The list under a picker: what was found so far, more as it is scrolled or walked with the arrow keys. */
export function LiveChoices(props: {
  found: ReturnType<typeof useLiveChoices>;
  /** What was searched for; "" where everything is listed. */
  search: string;
  chosen: string;
  connection: string;
  label: string;
  /** Said instead of the usual where nothing is found. */
  nothing?: string;
}) {
  const { found, search, chosen, connection, label } = props;
  const { choices, error, isLoadingMore, hasMore, note } = found;
  const isLoading = found.isLoading || (!found.isSettled && !error);
  return (
    <Combobox.Dropdown>
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
          <ListEnd key={choices.length} within="parent" onNear={found.more} />
        ) : null}
      </Combobox.Options>
      {isLoading || isLoadingMore || note || (choices.length === 0 && !error) ? (
        <Combobox.Footer>
          <div className={classes.hint} role="status">
            {isLoading || isLoadingMore ? (
              <Group gap={6}>
                <Loader size={12} />
                {isLoadingMore
                  ? `${choices.length.toLocaleString("en")} loaded, more are coming …`
                  : `Asking “${connection}” …`}
              </Group>
            ) : choices.length === 0 ? (
              (note ?? props.nothing ?? nothing(search, connection))
            ) : (
              note
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

function nothing(search: string, connection: string): string {
  return search === ""
    ? `“${connection}” has nothing to choose from here.`
    : `Nothing in “${connection}” matches “${search}”. It is used as it is typed.`;
}
