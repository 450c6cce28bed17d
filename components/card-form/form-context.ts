import { createContext, useContext } from "react";
import type { Field } from "#lib/cards/field.ts";
import type { MappingSource, RefName } from "#lib/editor/sources.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import type { Ref, Value } from "#lib/flow/value.ts";

/** What all controls of one card's form share. */
export interface FormContext {
  /** Cards whose outputs can be inserted. Undefined where only typed values make sense (testing a card). */
  sources?: readonly MappingSource[];
  nameOf: (ref: Ref) => RefName;
  issues: readonly FlowIssue[];
  /** Alias of the card's connection, for pickers that search it. */
  connection?: string;
  /** What the card's inputs are filled with, for controls that depend on another. */
  values?: { [key: string]: Value };
  readOnly: boolean;
}

const Context = createContext<FormContext>({
  nameOf: ([card, ...labels]) => ({ card, labels }),
  issues: [],
  readOnly: true,
});

export const FormProvider = Context.Provider;

export function useForm(): FormContext {
  return useContext(Context);
}

/** What every control gets: one field, what it is filled with, and whom to tell. */
export interface ControlProps {
  field: Field;
  /** Path of the field in the card's inputs. */
  path: string[];
  value: Value | undefined;
  /**
   * The field's new value, null when it was emptied. `leaf` is the path of what was really edited inside it, so that
   * typing there is one step of undo.
   */
  onChange: (value: Value | null, leaf: string[]) => void;
}

/** The first issue of exactly this field. */
export function useIssue(path: readonly string[]): FlowIssue | undefined {
  const { issues } = useForm();
  return issues.find(
    (issue) =>
      issue.field?.length === path.length && path.every((key, index) => issue.field?.[index] === key),
  );
}

/** The id of a field's control in the page. */
export function controlId(path: readonly string[]): string {
  return `field-${path.map(encodeURIComponent).join("/")}`;
}
