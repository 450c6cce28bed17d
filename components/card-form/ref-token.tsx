import { IconX } from "@tabler/icons-react";
import { readable } from "#components/canvas/value-chip.ts";
import type { RefName } from "#lib/editor/sources.ts";
import classes from "./card-form.module.css";

/** A reference as an admin reads it: the card, then the field. */
export function RefToken({ name, onRemove }: { name: RefName; onRemove?: () => void }) {
  return (
    <span className={classes.token} title={readable(name)}>
      <span className={classes.tokenText}>
        <span className={classes.tokenCard}>{name.card}</span>
        {name.labels.length > 0 ? (
          <span className={classes.tokenField}>{name.labels.join(" › ")}</span>
        ) : null}
      </span>
      {onRemove ? (
        <button
          type="button"
          className={classes.tokenRemove}
          aria-label={`Remove ${readable(name)}`}
          onClick={onRemove}
        >
          <IconX size={12} aria-hidden="true" />
        </button>
      ) : null}
    </span>
  );
}
