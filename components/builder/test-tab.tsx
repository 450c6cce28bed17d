import { Alert, Button, Group, Menu, Stack } from "@mantine/core";
import { IconChevronDown, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CardForm } from "#components/card-form/card-form.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { testCard } from "#lib/api/catalog.ts";
import { call } from "#lib/api/client.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { effectiveFields, optionValues } from "#lib/cards/effective-fields.ts";
import { resolveInputs } from "#lib/cards/resolve-inputs.ts";
import { valueFromJson } from "#lib/editor/value-json.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./builder.module.css";
import { useBuilder } from "./builder-context.ts";
import { ConfirmWrite } from "./confirm-write.tsx";
import { inputsForEvent } from "./inputs-for-event.ts";
import { literalsOf } from "./literals.ts";
import { PastEvents } from "./past-events.tsx";
import { PastSteps } from "./past-steps.tsx";
import { sampleInputs } from "./sample-inputs.ts";
import { TestResult } from "./test-result.tsx";

type Values = { [key: string]: Value };

/** Runs the card alone: with its sample, with values of a past execution, or with typed ones. */
export function TestTab(props: { cardId: string; node: CardNode; description: CardDescription }) {
  const { cardId, node, description } = props;
  const { editor, grownOf } = useBuilder();
  const fields = effectiveFields(description, node, grownOf(cardId)).inputs;
  const fill = (inputs: JsonObject): Values =>
    Object.fromEntries(
      Object.entries(inputs).flatMap(([key, json]) => {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        return field && json !== null ? [[key, valueFromJson(json, field)] as const] : [];
      }),
    );
  // What is set up, with samples only where something is mapped or needed: a test must not write values nobody chose.
  const setUp = (): Values => ({
    ...fill(sampleInputs(node, fields, editor.store.getState().document, editor.catalogue)),
    ...literalsOf(node.inputs),
  });
  const [values, setValues] = useState<Values>(setUp);
  const [event, setEvent] = useState<JsonObject>();
  const [from, setFrom] = useState<"past-step" | "past-event">();
  const [asking, setAsking] = useState(false);
  const eventCard = Object.entries(editor.store.getState().document.cards)
    .map(([id, each]) => ({ id, node: each }))
    .find((each) => editor.catalogue.card(each.node.card)?.kind === "event");
  const fromEvent = useMutation({
    mutationFn: async (past: JsonObject) => (eventCard ? inputsForEvent(node, eventCard, past) : {}),
    onSuccess: (given) => {
      setValues({ ...setUp(), ...fill(given) });
      setFrom(undefined);
    },
  });
  const isEvent = description.kind === "event";
  const writes = effectOf(description, optionValues(description, node)).effect === "write";
  const inputs = resolveInputs(onlyKnown(values, fields), () => undefined);
  const test = useMutation({
    mutationFn: (confirmWrite: boolean) =>
      call(testCard, {
        params: { cardId: description.id },
        body: {
          connection: node.connection,
          options: node.options ?? {},
          inputs: isEvent ? {} : inputs,
          ...(isEvent && event ? { event } : {}),
          confirmWrite,
        },
      }),
  });
  const run = () => {
    if (writes) setAsking(true);
    else test.mutate(false);
  };
  return (
    <div className={classes.inspectorBody}>
      <Group justify="space-between">
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<IconChevronDown size={12} aria-hidden="true" />}
            >
              Fill in from…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {isEvent ? (
              <>
                <Menu.Item
                  onClick={() => {
                    setEvent(undefined);
                    setFrom(undefined);
                  }}
                >
                  A generated event
                </Menu.Item>
                <Menu.Item onClick={() => setFrom("past-event")}>A past event</Menu.Item>
              </>
            ) : (
              <>
                <Menu.Item onClick={() => setValues(fill(description.sample.inputs))}>
                  The card's sample
                </Menu.Item>
                <Menu.Item onClick={() => setFrom("past-event")}>A past event</Menu.Item>
                <Menu.Item onClick={() => setFrom("past-step")}>A past execution</Menu.Item>
                <Menu.Item onClick={() => setValues(setUp())}>What is set up</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
          loading={test.isPending}
          disabled={description.needsConnection && node.connection === undefined}
          onClick={run}
        >
          Test this card
        </Button>
      </Group>
      {description.needsConnection && node.connection === undefined ? (
        <Alert color="orange">Choose a connection under Setup first.</Alert>
      ) : null}
      {from === "past-event" ? (
        <PastEvents
          node={isEvent ? node : eventCard?.node}
          onChoose={isEvent ? setEvent : (past) => fromEvent.mutate(past)}
        />
      ) : null}
      {fromEvent.error ? <Alert color="orange">{fromEvent.error.message}</Alert> : null}
      {from === "past-step" ? (
        <PastSteps
          cardId={cardId}
          onChoose={(past) => {
            setValues(fill(past));
            setFrom(undefined);
          }}
          onClose={() => setFrom(undefined)}
        />
      ) : null}
      {isEvent ? (
        <p className={classes.summary}>
          {event
            ? "Reads the chosen event as a live flow would."
            : "Reads a generated event of this type, as a live flow would."}
        </p>
      ) : Object.keys(fields).length > 0 ? (
        <CardForm
          fields={fields}
          values={values}
          onChange={(key, value) =>
            setValues((before) => {
              const { [key]: _, ...rest } = before;
              return value ? { ...rest, [key]: value } : rest;
            })
          }
          context={{
            nameOf: ([card, ...labels]) => ({ card, labels }),
            issues: [],
            connection: node.connection,
            readOnly: false,
          }}
        />
      ) : (
        <p className={classes.summary}>This card takes no inputs.</p>
      )}
      <Stack gap="sm" aria-live="polite">
        {test.error ? <ErrorState error={test.error} what="The result" /> : null}
        {test.data ? (
          <div key={test.submittedAt} ref={scrollIntoSight}>
            <TestResult result={test.data} description={description} />
          </div>
        ) : null}
      </Stack>
      {asking ? (
        <ConfirmWrite
          description={description}
          connection={node.connection}
          fields={fields}
          inputs={inputs}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            test.mutate(true);
          }}
        />
      ) : null}
    </div>
  );
}

/** A result stands below the form, which may be long: it comes into sight by itself. */
function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

function onlyKnown(values: Values, fields: Record<string, unknown>): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(fields, key)));
}
