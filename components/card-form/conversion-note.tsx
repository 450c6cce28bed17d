import { conversionBetween } from "#lib/cards/conversion-note.ts";
import type { Field } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { useForm } from "./form-context.ts";

const WORDS: Field = { type: "text", label: "Text" };

/** What a mapping does to the value on its way, where it does anything. */
export function ConversionNote({ field, value }: { field: Field; value: Value | undefined }) {
  const { nameOf } = useForm();
  if (!value || !("ref" in value || "text" in value)) return null;
  // What stands between words is text, whatever it was before.
  const source = "ref" in value ? nameOf(value.ref).field : WORDS;
  const conversion = source ? conversionBetween(source, field) : undefined;
  // Impossible ones are an issue, shown as such.
  if (!conversion?.note || conversion.kind === "impossible") return null;
  return (
    <div className={classes.conversion} data-kind={conversion.kind}>
      {conversion.note}
    </div>
  );
}
