"use client";

import { Alert, Button, Checkbox, FileButton, Group, Select, Textarea } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { MAX_BULK_ROWS } from "#lib/api/bulk.ts";
import { CsvError, readCsv } from "#lib/api/read-csv.ts";
import type { InputChoice } from "./input-choices.ts";
import classes from "./run-by-hand.module.css";
import {
  columnNames,
  dataRecords,
  EMPTY_LIST,
  type PastedList as List,
  looksLikeHeader,
} from "./run-draft.ts";

/** 10,000 rows of 1,600 bytes: what the API takes. */
const MAX_BYTES = 16 * 1024 * 1024;
/** A text area with megabytes in it makes typing anywhere slow. */
const SHOWN_CHARACTERS = 100_000;

/** A list pasted or read from a file, and which input each of its columns goes to. */
export function PastedList(props: {
  list: List;
  columns: readonly (InputChoice | null)[];
  choices: readonly InputChoice[];
  onChange: (list: List) => void;
}) {
  const { list, columns, choices, onChange } = props;
  const [problem, setProblem] = useState<string>();
  const take = (text: string) => {
    try {
      const records = readCsv(text);
      const { headerSaid } = list;
      // Taken for a header, the first person of a plain list would silently be left out.
      const header = headerSaid ? list.header : looksLikeHeader(records);
      onChange({ ...EMPTY_LIST, header, headerSaid, text, records });
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      onChange({ ...EMPTY_LIST, header: list.header, text });
      setProblem(error.message);
    }
  };
  const open = async (file: File | null) => {
    if (!file) return;
    if (file.size > MAX_BYTES) setProblem(`${file.name} is larger than 16 MB. Split it.`);
    else
      await file.text().then(take, (error) => setProblem(`${file.name} can't be read: ${messageOf(error)}`));
  };
  const rows = dataRecords(list).length;
  const long = list.text.length > SHOWN_CHARACTERS;
  return (
    <>
      {long ? (
        <Group justify="space-between">
          <p className={classes.soft}>The list is too long to be shown here.</p>
          <Button size="compact-sm" variant="default" onClick={() => take("")}>
            Take another list
          </Button>
        </Group>
      ) : (
        <Textarea
          label="List"
          description="Paste from a spreadsheet, or lines of CSV. Items of a list in one cell are separated by “;”."
          placeholder={"login\nann.lee@example.com\nben.ray@example.com"}
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          value={list.text}
          onChange={(event) => take(event.currentTarget.value)}
        />
      )}
      <Group justify="space-between">
        <Checkbox
          label="The first line names the columns"
          checked={list.header}
          onChange={(event) =>
            onChange({ ...list, header: event.currentTarget.checked, headerSaid: true, chosen: {} })
          }
        />
        <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(file) => void open(file)}>
          {(button) => (
            <Button
              {...button}
              size="compact-sm"
              variant="default"
              leftSection={<IconUpload size={14} aria-hidden="true" />}
            >
              Open a file
            </Button>
          )}
        </FileButton>
      </Group>
      <div aria-live="polite">
        {problem ? <Alert color="red">{problem}</Alert> : null}
        {rows > MAX_BULK_ROWS ? (
          <Alert color="red">
            The list has {rows.toLocaleString("en")} rows; a run takes {MAX_BULK_ROWS.toLocaleString("en")}.
            Split it.
          </Alert>
        ) : null}
        {list.records.length > 0 && rows <= MAX_BULK_ROWS ? (
          <p className={classes.soft}>{rows === 1 ? "1 row" : `${rows.toLocaleString("en")} rows`}</p>
        ) : null}
      </div>
      {list.records.length > 0 ? (
        <div className={classes.mapping}>
          {columnNames(list).map((name, at) => (
            <ColumnSelect
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
              key={at}
              name={name}
              value={columns[at] ?? null}
              choices={choices}
              onChange={(choice) => onChange({ ...list, chosen: { ...list.chosen, [at]: choice } })}
            />
          ))}
        </div>
      ) : null}
    </>
  );
}

function ColumnSelect(props: {
  name: string;
  value: InputChoice | null;
  choices: readonly InputChoice[];
  onChange: (choice: InputChoice | null) => void;
}) {
  const { name, value, choices, onChange } = props;
  const keyOf = ({ path }: InputChoice) => path.join("/");
  return (
    <>
      <span className={classes.columnName} title={name}>
        {name}
      </span>
      <Select
        size="xs"
        aria-label={`Input for ${name}`}
        placeholder="Not used"
        data={choices.map((choice) => ({ value: keyOf(choice), label: choice.label }))}
        value={value ? keyOf(value) : null}
        onChange={(key) => onChange(choices.find((choice) => keyOf(choice) === key) ?? null)}
        searchable
        clearable
        clearButtonProps={{ "aria-label": `Do not use ${name}` }}
        nothingFoundMessage="No input is called that"
      />
    </>
  );
}
