"use client";

import { Button, Group, JsonInput, Select, Text } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { getSandboxEventSample, injectSandboxEvent } from "#lib/api/sandbox.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { useEventTypes } from "./use-event-types.ts";
import type { ChangeView } from "./use-sandbox-view.ts";

/** How Okta writes its event types. Its catalogue grows, so whatever is written so may be typed. */
const EVENT_TYPE = /^[a-z][a-z0-9_]*(\.[a-zA-Z0-9_-]+){1,12}$/;

/** Makes any event of Okta happen: also those of areas the org does not simulate, and those no hook can receive. */
export function InjectTab({ view, change }: { view: SandboxView; change: ChangeView }) {
  const types = useEventTypes();
  const { type } = view;
  const [search, setSearch] = useState("");
  const typed = search.trim();
  const others = [type, EVENT_TYPE.test(typed) ? typed : undefined].flatMap((one) =>
    one === undefined || types.includes(one) ? [] : [one],
  );
  const logOnly = [...new Set(others)].map((one) => ({ value: one, label: `${one} (System Log only)` }));
  return (
    <div className={classes.panel} data-form>
      <div className={classes.inject}>
        <Text size="sm" c="dimmed">
          An injected event is written into the System Log and delivered to the hooks that listen to its type,
          but nothing in the org changes. Use it for what the sandbox org does not simulate, and for events of
          your own making.
        </Text>
        <Select
          label="Event type"
          description={
            types.length > 0
              ? `${types.length} types can reach an event hook. Any other can be typed and comes into the System Log alone.`
              : undefined
          }
          placeholder="Search event types, or type one in full"
          // What is half typed is well written too, so the types that begin with it stand before it.
          data={types.length > 0 ? [...types, ...logOnly] : []}
          value={type ?? null}
          onChange={(next) => change({ type: next ?? undefined })}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          clearable
          limit={100}
          nothingFoundMessage="No event type is called that; to type one, write it in full: user.session.expire"
        />
        {type ? <Sample key={type} eventType={type} /> : null}
      </div>
    </div>
  );
}

function Sample({ eventType }: { eventType: string }) {
  const params = { eventType };
  const sample = useQuery({
    queryKey: queryKey(getSandboxEventSample, { params }),
    queryFn: ({ signal }) => call(getSandboxEventSample, { params, signal }),
    // What is being edited must not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (sample.isPending) return <ListSkeleton rows={4} />;
  if (!sample.data)
    return <ErrorState error={sample.error} what="The sample" onRetry={() => void sample.refetch()} />;
  return <EventForm sample={sample.data} />;
}

function EventForm({ sample }: { sample: JsonObject }) {
  const original = JSON.stringify(sample, null, 2);
  const [text, setText] = useState(original);
  const event = readEvent(text);
  const inject = useAction({
    run: (body: JsonObject) => call(injectSandboxEvent, { body }),
    failed: "The event was not injected",
    done: "The event is in the log, and on its way to the hooks that listen to its type.",
  });
  return (
    <>
      <JsonInput
        label="Event"
        description="Change who did it, to whom, the outcome or the debug data. Okta's ids in targets let flows find the user."
        value={text}
        onChange={setText}
        error={event ? undefined : "This is not a JSON object. Undo the last change, or begin again."}
        autosize
        minRows={10}
        maxRows={16}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <Group>
        <Button
          leftSection={<IconBolt size={16} aria-hidden="true" />}
          disabled={!event}
          loading={inject.isPending}
          onClick={() => {
            if (event) inject.mutate(event);
          }}
        >
          Inject event
        </Button>
        <Button variant="default" disabled={text === original} onClick={() => setText(original)}>
          Begin again
        </Button>
      </Group>
    </>
  );
}

function readEvent(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
