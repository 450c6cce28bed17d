import { Stack, Text } from "@mantine/core";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { BulkSample } from "#lib/api/bulk.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import classes from "./run-by-hand.module.css";

/** Names how often something is changed, before it is. */
export function ConfirmRun(props: {
  description: CardDescription;
  connection: string | undefined;
  count: number;
  /** How many of them the preview knows to fail, probably. */
  doubted: number;
  first: BulkSample | undefined;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}) {
  const { description, connection, count, doubted, first } = props;
  const call = first?.call ? `${first.call.method} ${first.call.path}` : description.endpoint;
  const times = count === 1 ? "once" : `${count.toLocaleString("en")} times`;
  return (
    <Dialog onClose={props.onCancel} title={`Run “${description.title}” ${times}?`}>
      <Stack gap="sm">
        <Text size="sm">
          This really changes {count === 1 ? "something" : `${count.toLocaleString("en")} things`}
          {connection ? ` in “${connection}”` : ""}. It can be stopped on the way; what was done stays done.
        </Text>
        {doubted > 0 ? (
          <Text size="sm">
            {count === 1 ? "It" : `${doubted.toLocaleString("en")} of them`} will probably fail and change
            nothing, as the preview says.
          </Text>
        ) : null}
        {first ? (
          <Text size="sm">
            {count === 1 ? "It is about " : "The first is "}
            <b>{first.person ? `${first.person.name} (${first.person.login})` : first.label}</b>.
          </Text>
        ) : null}
        {call ? <code className={classes.call}>{call}</code> : null}
        <DialogButtons
          danger
          confirm={count === 1 ? "Make 1 change" : `Make ${count.toLocaleString("en")} changes`}
          busy={props.busy}
          onCancel={props.onCancel}
          onConfirm={props.onConfirm}
        />
      </Stack>
    </Dialog>
  );
}
