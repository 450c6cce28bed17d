import { Fragment } from "react";
import { headings } from "#components/card-form/field-headings.ts";
import type { Fields } from "#lib/cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import classes from "./output-tree.module.css";

/** Outputs under their labels, nested ones to be opened. */
export function OutputTree({ fields, value }: { fields: Fields; value: JsonObject }) {
  const heading = headings(fields, Object.keys(value));
  return (
    <ul className={classes.tree}>
      {Object.entries(value).map(([key, item]) => (
        <Fragment key={key}>
          {heading.has(key) ? <li className={classes.heading}>{heading.get(key)}</li> : null}
          <Entry label={fields[key]?.label ?? key} fields={fields[key]?.fields ?? {}} value={item} />
        </Fragment>
      ))}
    </ul>
  );
}

function Entry({ label, fields, value }: { label: string; fields: Fields; value: Json }) {
  if (Array.isArray(value) && value.length > 0) {
    return (
      <li>
        <details>
          <summary>
            {label} <span className={classes.soft}>({value.length})</span>
          </summary>
          <ul className={classes.tree}>
            {value.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
              <Entry key={index} label={String(index + 1)} fields={fields} value={item} />
            ))}
          </ul>
        </details>
      </li>
    );
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return (
      <li>
        <details>
          <summary>{label}</summary>
          <OutputTree fields={fields} value={value} />
        </details>
      </li>
    );
  }
  return (
    <li className={classes.leaf}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>
        {value === null ? <span className={classes.soft}>empty</span> : plain(value)}
      </span>
    </li>
  );
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
