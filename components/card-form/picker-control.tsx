import { Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { textBeside } from "./beside.ts";
import classes from "./card-form.module.css";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { LiveChoices, nothingFound, TRY_AGAIN } from "./live-choices.tsx";
import { MappingPicker } from "./mapping-picker.tsx";
import { TextControl } from "./text-control.tsx";
import { useFitting } from "./use-fitting.ts";
import { type ChoiceSource, keepChoice, useChoice, useLiveChoices } from "./use-live-choices.ts";

/**
 * An id searched live in the connection: users, groups. Anything else may be typed too, for a login that does not exist
 * yet; with references in it, it is a text like any other.
 */
export function PickerControl(props: ControlProps) {
  const { connection, values } = useForm();
  const { value, field, path } = props;
  if ((value && !("value" in value)) || !connection || !field.picker) return <TextControl {...props} />;
  const by = field.pickerBy ? textBeside(values, path, field.pickerBy) : "";
  const options = field.pickerBy && by ? JSON.stringify({ [field.pickerBy]: by }) : undefined;
  const source = { alias: connection, loaderId: field.picker, options };
  return <LivePicker {...props} source={source} by={by} />;
}

function LivePicker(props: ControlProps & { source: ChoiceSource; by: string }) {
  const { field, path, value, onChange, source, by } = props;
  const { readOnly } = useForm();
  const issue = useIssue(path);
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  // Around the ends it would jump from the last choice to the first while the next page is on its way.
  const combobox = useCombobox({ opened, onOpenedChange: setOpened, loop: false });
  const text = literalText(value);
  const chosen = useChoice(source, text, !opened);
  // Once something is chosen, opening the list means to choose anew, not to search for an id.
  const search = chosen ? "" : text;
  const found = useLiveChoices(source, search, opened && !readOnly);
  const known = chosen ?? found.choices.find((choice) => choice.value === text);
  const cleared = useFitting({ source, by, text, label: known?.label, clear: () => onChange(null, path) });
  const note = () => {
    if (known && known.label !== text) return [known.label, known.detail].filter(Boolean).join(" · ");
    if (cleared && text === "") return `“${cleared}” was taken out: it does not belong to “${by}”.`;
    if (chosen === null && by !== "") return `“${text}” was not found for “${by}”.`;
    const nothing = opened && !readOnly ? nothingFound(found, search, source.alias) : undefined;
    if (nothing) return nothing;
    return !opened && chosen === null && text !== "" ? "Not one of the list: taken as an ID." : null;
  };
  // The first match is the one Enter takes: half-typed "Quar" stayed an ID while its only match was in sight.
  const first = search !== "" && found.isSettled ? found.choices[0]?.value : undefined;
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (opened && first !== undefined) selectFirstOption();
  }, [opened, first, selectFirstOption]);
  const write = (next: string) => onChange(next === "" ? null : { value: next }, path);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
      note={
        <div className={classes.hint} role="status">
          {note()}
        </div>
      }
    >
      <Combobox
        store={combobox}
        readOnly={readOnly}
        onOptionSubmit={(picked) => {
          if (picked === TRY_AGAIN) return found.retry();
          const choice = found.choices.find((each) => each.value === picked);
          if (choice) keepChoice(client, source, choice);
          write(picked);
          combobox.closeDropdown();
        }}
      >
        <Combobox.Target withExpandedAttribute autoComplete="off">
          <InputBase
            id={controlId(path)}
            aria-label={field.label}
            placeholder={field.placeholder ?? "Search, or type an ID"}
            readOnly={readOnly}
            error={issue?.severity === "error"}
            aria-describedby={describedBy(path, field, issue !== undefined)}
            rightSection={opened && found.isLoading ? <Loader size={14} /> : <Combobox.Chevron />}
            rightSectionPointerEvents="none"
            value={text}
            onChange={(event) => {
              write(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <LiveChoices found={found} chosen={text} connection={source.alias} label={field.label} />
      </Combobox>
    </FieldFrame>
  );
}
