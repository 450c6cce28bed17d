import { Fragment, type KeyboardEvent, useLayoutEffect, useRef } from "react";
import type { Field } from "#lib/cards/field.ts";
import type { Ref, Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { controlId, useForm } from "./form-context.ts";
import { MappingPicker } from "./mapping-picker.tsx";
import { RefToken } from "./ref-token.tsx";
import { type Pieces, piecesOf, valueFrom, withoutRef, withRef, withText } from "./template-parts.ts";

/**
 * A text with fields of earlier cards in it. Plain text areas with tokens between them: an editable region would have
 * to repair what browsers and screen readers make of it.
 */
export function TemplateInput(props: {
  field: Field;
  path: string[];
  value: Value | undefined;
  /** `step`: more than typing, so a step of undo of its own. */
  onChange: (value: Value | null, step: boolean) => void;
  invalid: boolean;
  describedBy?: string;
}) {
  const { field, path, value, onChange } = props;
  const { nameOf, readOnly } = useForm();
  const id = controlId(path);
  const pieces = piecesOf(value);
  const frame = useRef<HTMLDivElement>(null);
  /** Where the caret was last, to insert there after the focus went to the picker. */
  const caret = useRef<{ index: number; at: number }>(undefined);
  const focusNext = useRef<{ index: number; at: number }>(undefined);

  useLayoutEffect(() => {
    const wanted = focusNext.current;
    if (!wanted) return;
    focusNext.current = undefined;
    const area = frame.current?.querySelectorAll("textarea")[wanted.index];
    area?.focus();
    area?.setSelectionRange(wanted.at, wanted.at);
  });

  const change = (next: Pieces, focus?: { index: number; at: number }) => {
    focusNext.current = focus;
    onChange(valueFrom(next), next.refs.length !== pieces.refs.length);
  };
  const insert = (ref: Ref) => {
    const last = pieces.texts.length - 1;
    const at = caret.current ?? { index: last, at: pieces.texts[last]?.length ?? 0 };
    const index = Math.min(at.index, last);
    change(withRef(pieces, index, at.at, ref), { index: index + 1, at: 0 });
  };
  const remove = (index: number) =>
    change(withoutRef(pieces, index), { index, at: pieces.texts[index]?.length ?? 0 });

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>, index: number) => {
    const { selectionStart, selectionEnd, value: text } = event.currentTarget;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    const atEnd = selectionStart === text.length && selectionEnd === text.length;
    if (event.key === "Enter" && !field.multiline) event.preventDefault();
    else if (event.key === "Backspace" && atStart && index > 0) {
      event.preventDefault();
      remove(index - 1);
    } else if (event.key === "Delete" && atEnd && index < pieces.refs.length) {
      event.preventDefault();
      remove(index);
    } else if (event.key === "ArrowLeft" && atStart && index > 0) {
      event.preventDefault();
      focusPiece(index - 1, pieces.texts[index - 1]?.length ?? 0);
    } else if (event.key === "ArrowRight" && atEnd && index < pieces.refs.length) {
      event.preventDefault();
      focusPiece(index + 1, 0);
    }
  };
  const focusPiece = (index: number, at: number) => {
    const area = frame.current?.querySelectorAll("textarea")[index];
    area?.focus();
    area?.setSelectionRange(at, at);
  };
  const single = pieces.refs.length === 0;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the text puts the caret into it
    // biome-ignore lint/a11y/useKeyWithClickEvents: with the keyboard the text areas are reached themselves
    <div
      ref={frame}
      className={classes.template}
      data-invalid={props.invalid || undefined}
      data-multiline={field.multiline || undefined}
      data-read-only={readOnly || undefined}
      data-secret={field.secret || undefined}
      onClick={(event) => {
        if (event.target === event.currentTarget) focusPiece(pieces.texts.length - 1, 1e6);
      }}
    >
      <div className={classes.pieces}>
        {pieces.texts.map((text, index) => {
          const ref = pieces.refs[index];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
            <Fragment key={index}>
              <textarea
                id={index === 0 ? id : `${id}-${index}`}
                className={classes.piece}
                rows={1}
                data-single={single || undefined}
                aria-label={single ? field.label : `${field.label}, text ${index + 1}`}
                aria-invalid={props.invalid || undefined}
                aria-describedby={props.describedBy}
                aria-required={field.required || undefined}
                readOnly={readOnly}
                placeholder={single ? field.placeholder : undefined}
                spellCheck={false}
                value={text}
                onChange={(event) => {
                  const typed = field.multiline
                    ? event.target.value
                    : event.target.value.replace(/[\r\n]+/g, " ");
                  change(withText(pieces, index, typed));
                }}
                onSelect={(event) => {
                  caret.current = { index, at: event.currentTarget.selectionStart };
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
              />
              {ref ? (
                <RefToken name={nameOf(ref)} onRemove={readOnly ? undefined : () => remove(index)} />
              ) : null}
            </Fragment>
          );
        })}
      </div>
      <MappingPicker field={field} onPick={insert} className={classes.insert} />
    </div>
  );
}
