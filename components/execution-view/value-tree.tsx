"use client";

import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { typeName } from "#components/canvas/type-name.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { LongText } from "./long-text.tsx";
import { kindOf, SHOWN_ENTRIES, scalarText } from "./value-text.ts";
import classes from "./value-tree.module.css";

const OPEN_LEVELS = 1;

/** An object's values by the labels of their fields, nested ones foldable. Declared fields first, in their order. */
export function ValueTree(props: { values: JsonObject; fields?: Fields; level?: number }) {
  const { values, fields = {}, level = 0 } = props;
  const [all, setAll] = useState(false);
  const declared = Object.keys(fields).filter((key) => Object.hasOwn(values, key));
  const others = Object.keys(values).filter((key) => !Object.hasOwn(fields, key));
  const keys = [...declared, ...others];
  const shown = all ? keys : keys.slice(0, SHOWN_ENTRIES);
  return (
    <ul className={classes.tree} data-level={level}>
      {shown.map((key) => (
        <Entry
          key={key}
          name={Object.hasOwn(fields, key) ? (fields[key]?.label ?? key) : key}
          value={values[key] ?? null}
          field={Object.hasOwn(fields, key) ? fields[key] : undefined}
          level={level}
        />
      ))}
      <More hidden={keys.length - shown.length} onShow={() => setAll(true)} />
    </ul>
  );
}

function ListTree({ items, field, level }: { items: Json[]; field?: Field; level: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN_ENTRIES);
  const itemField = field && { ...field, list: false };
  return (
    <ul className={classes.tree} data-level={level}>
      {shown.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stored list never changes its order
        <Entry key={index} name={String(index + 1)} value={item} field={itemField} level={level} />
      ))}
      <More hidden={items.length - shown.length} onShow={() => setAll(true)} />
    </ul>
  );
}

function More({ hidden, onShow }: { hidden: number; onShow: () => void }) {
  if (hidden <= 0) return null;
  return (
    <li>
      <UnstyledButton className={classes.more} onClick={onShow}>
        Show {hidden.toLocaleString("en")} more
      </UnstyledButton>
    </li>
  );
}

function Entry(props: { name: string; value: Json; field?: Field; level: number }) {
  const { name, value, field, level } = props;
  const inner = childrenOf(value, field, level + 1);
  if (inner) {
    return (
      <Folder name={name} type={field && typeName(field)} kind={kindOf(value)} open={level < OPEN_LEVELS}>
        {inner}
      </Folder>
    );
  }
  const empty = value === null || value === "" || typeof value === "object";
  return (
    <li className={classes.entry} title={field && typeName(field)}>
      <span className={classes.name}>{name}</span>
      <span className={classes.value} data-empty={empty || undefined} data-kind={typeof value}>
        {value !== null && typeof value === "object" ? "empty" : <LongText text={scalarText(value)} />}
      </span>
    </li>
  );
}

function childrenOf(value: Json, field: Field | undefined, level: number): ReactNode {
  if (Array.isArray(value)) {
    return value.length > 0 ? <ListTree items={value} field={field} level={level} /> : null;
  }
  if (!isJsonObject(value) || Object.keys(value).length === 0) return null;
  return <ValueTree values={value} fields={field?.fields} level={level} />;
}

function Folder(props: { name: string; type?: string; kind?: string; open: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(props.open);
  const id = useId();
  return (
    <li>
      <UnstyledButton
        className={classes.folder}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <span className={classes.name}>{props.name}</span>
        <span className={classes.kind}>{props.kind}</span>
      </UnstyledButton>
      <div id={id}>{open ? props.children : null}</div>
    </li>
  );
}
