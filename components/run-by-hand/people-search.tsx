"use client";

import { Alert, Button, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { findBulkPeople, MAX_BULK_ROWS } from "#lib/api/bulk.ts";
import { ApiError, call } from "#lib/api/client.ts";
import classes from "./run-by-hand.module.css";
import type { Person } from "./run-draft.ts";

/** The part of a search that is asked for: from where, and how many come before it. */
interface Portion {
  after?: string;
  before: number;
}

/** Finds everybody who matches a search, and counts them before anything is done. */
export function PeopleSearch(props: {
  connection: string;
  found: readonly Person[];
  onFound: (people: Person[]) => void;
}) {
  const { connection, found, onFound } = props;
  const [how, setHow] = useState("text");
  const [typed, setTyped] = useState("");
  const find = useMutation({
    mutationFn: ({ after }: Portion) =>
      call(findBulkPeople, {
        body: { connection, after, ...(how === "text" ? { text: typed } : { search: typed }) },
      }),
    onSuccess: ({ people }) => onFound(people),
  });
  const before = find.variables?.before ?? 0;
  const next = find.data?.next ?? null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== "") find.mutate({ before: 0 });
  };
  return (
    <form className={classes.stack} style={{ gap: 12 }} onSubmit={onSubmit}>
      <SegmentedControl
        aria-label="How to search"
        value={how}
        onChange={(next) => {
          setHow(next);
          onFound([]);
          find.reset();
        }}
        data={[
          { value: "text", label: "Names and logins" },
          { value: "expression", label: "Okta search expression" },
        ]}
      />
      <TextInput
        label={how === "text" ? "Name, login or email begins with" : "Search expression"}
        placeholder={how === "text" ? "ann" : 'profile.department eq "Engineering" and status eq "ACTIVE"'}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          if (found.length > 0) onFound([]);
          // Where an answer ended is of no use to another search.
          find.reset();
        }}
      />
      <div>
        <Button type="submit" variant="default" loading={find.isPending} disabled={typed.trim() === ""}>
          Find all matching users
        </Button>
        {next === null ? null : (
          <Button
            ml="sm"
            variant="default"
            disabled={find.isPending}
            onClick={() => find.mutate({ after: next, before: before + found.length })}
          >
            Find the next {MAX_BULK_ROWS.toLocaleString("en")}
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {find.error ? (
          <Alert color="red">
            {messageOf(find.error)} {find.error instanceof ApiError ? find.error.body.hint : null}
          </Alert>
        ) : null}
        {find.data && found.length > 0 ? (
          <p className={classes.soft}>
            <strong>{found.length.toLocaleString("en")}</strong>{" "}
            {matching(found.length, next !== null || before > 0)}:{" "}
            {found
              .slice(0, 5)
              .map(({ name }) => name)
              .join(", ")}
            {found.length > 5 ? " …" : ""}
          </p>
        ) : null}
        {find.data && (next !== null || before > 0) ? (
          <Alert mt="xs" color={next === null ? "gray" : "orange"}>
            {next === null ? "" : "More match than a run takes. "}
            These are number {(before + 1).toLocaleString("en")} to{" "}
            {(before + found.length).toLocaleString("en")}
            {next === null ? ", the last that match." : "."}
          </Alert>
        ) : null}
        {find.data && find.data.people.length === 0 ? <p className={classes.soft}>Nobody matches.</p> : null}
      </div>
    </form>
  );
}

/** What the people found are: a part of those who match, or all of them. */
function matching(count: number, part: boolean): string {
  if (part) return count === 1 ? "user of those that match" : "users of those that match";
  return count === 1 ? "user matches" : "users match";
}
