import { Autocomplete, Loader } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "#lib/api/client.ts";
import { loadChoices } from "#lib/api/connections.ts";
import classes from "./card-form.module.css";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { type ControlProps, controlId, useForm, useIssue } from "./form-context.ts";
import { literalText } from "./literal-text.ts";
import { MappingPicker } from "./mapping-picker.tsx";
import { TextControl } from "./text-control.tsx";

/**
 * An id searched live in the connection: users, groups. Anything else may be typed too, for a login that does not exist
 * yet; with references in it, it is a text like any other.
 */
export function PickerControl(props: ControlProps) {
  const { connection } = useForm();
  const { value, field } = props;
  if ((value && !("value" in value)) || !connection || !field.picker) return <TextControl {...props} />;
  return <LivePicker {...props} connection={connection} loaderId={field.picker} />;
}

function LivePicker(props: ControlProps & { connection: string; loaderId: string }) {
  const { field, path, value, onChange, connection, loaderId } = props;
  const { readOnly } = useForm();
  const issue = useIssue(path);
  const text = literalText(value);
  const [search] = useDebouncedValue(text, 250);
  const client = useQueryClient();
  const labelKey = (id: string) => ["choice", connection, loaderId, id];
  const chosen = client.getQueryData<{ label: string; detail?: string }>(labelKey(text));
  const { data, isFetching, error } = useQuery({
    queryKey: ["choices", connection, loaderId, chosen ? "" : search],
    queryFn: ({ signal }) =>
      call(loadChoices, {
        params: { alias: connection, loaderId },
        query: { search: chosen ? "" : search },
        signal,
      }),
    staleTime: 60_000,
    retry: false,
    enabled: !readOnly,
  });
  const choices = data?.choices ?? [];
  const byId = new Map(choices.map((choice) => [choice.value, choice]));
  const known = chosen ?? byId.get(text);
  return (
    <FieldFrame
      field={field}
      path={path}
      value={value}
      aside={<MappingPicker field={field} onPick={(ref) => onChange({ ref }, path)} />}
      note={
        known ? (
          <div className={classes.hint}>{[known.label, known.detail].filter(Boolean).join(" · ")}</div>
        ) : error ? (
          <div className={classes.hint}>Can't search “{connection}” now; an ID can still be typed.</div>
        ) : null
      }
    >
      <Autocomplete
        id={controlId(path)}
        aria-label={field.label}
        placeholder={field.placeholder ?? "Search, or type an ID"}
        readOnly={readOnly}
        error={issue?.severity === "error"}
        aria-describedby={describedBy(path, field, issue !== undefined)}
        data={choices.map((choice) => choice.value)}
        // The server searched already, by names that are not part of the value.
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const choice = byId.get(option.value);
          return (
            <span>
              <div>{choice?.label ?? option.value}</div>
              {choice?.detail ? <div className={classes.hint}>{choice.detail}</div> : null}
            </span>
          );
        }}
        rightSection={isFetching ? <Loader size={14} /> : undefined}
        maxDropdownHeight={280}
        value={text}
        onOptionSubmit={(id) => {
          const choice = byId.get(id);
          if (choice) client.setQueryData(labelKey(id), { label: choice.label, detail: choice.detail });
        }}
        onChange={(next) => onChange(next === "" ? null : { value: next }, path)}
      />
    </FieldFrame>
  );
}
