import { Alert, Badge, Group, Spoiler, Text } from "@mantine/core";
import { durationText } from "#components/ui/instant.tsx";
import type { testCard } from "#lib/api/catalog.ts";
import type { AnswerOf } from "#lib/api/client.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import classes from "./builder.module.css";
import { OutputTree } from "./output-tree.tsx";
import { refusedAnswer } from "./refused-answer.ts";

type Result = AnswerOf<typeof testCard>;

/** What a tested card gave: outputs, or the error with what to do; and each call it made. */
export function TestResult({ result, description }: { result: Result; description: CardDescription }) {
  const exit = description.exits.find((each) => each.id === result.exit);
  const refused = result.status === "succeeded" ? refusedAnswer(result) : undefined;
  return (
    <section aria-label="Test result">
      <Group gap={8} mb={8}>
        {refused ? (
          <Badge color="orange" variant="light" tt="none">
            Answered {refused.status}
          </Badge>
        ) : (
          <Badge color={result.status === "succeeded" ? "teal" : "red"} variant="light" tt="none">
            {result.status === "succeeded" ? "Succeeded" : "Failed"}
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {durationText(result.durationMs)}
        </Text>
        {exit && description.exits.length > 1 ? <Text size="xs">Goes on: {exit.label}</Text> : null}
      </Group>
      {refused ? (
        <Alert color="orange" variant="outline" mb="sm" title={refused.message}>
          This card gives a refusal as its outputs: the flow goes on, and cards after it can look at the
          status.
        </Alert>
      ) : null}
      {result.error ? (
        <Alert color="red" variant="outline" mb="sm" title={result.error.message}>
          {result.error.hint}
          <Text size="xs" c="dimmed" mt={4}>
            {[result.error.code, result.error.status].filter(Boolean).join(" · ")}
          </Text>
        </Alert>
      ) : null}
      {result.outputs ? (
        <>
          <h3 className={classes.sectionTitle}>Outputs</h3>
          <OutputTree fields={description.outputs} value={result.outputs} />
        </>
      ) : null}
      {refused?.body ? (
        <>
          <h3 className={classes.sectionTitle} style={{ marginTop: 16 }}>
            Raw Body
          </h3>
          <Body text={refused.body} />
        </>
      ) : null}
      {result.exchanges.length > 0 ? (
        <h3 className={classes.sectionTitle} style={{ marginTop: 16 }}>
          Calls
        </h3>
      ) : null}
      {result.exchanges.map((exchange) => (
        <div key={`${exchange.at}${exchange.method}${exchange.path}`} style={{ marginBottom: 12 }}>
          <Text size="xs" fw={600} style={{ overflowWrap: "anywhere" }}>
            {exchange.method} {exchange.path}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[
              exchange.status === undefined ? "no answer" : `status ${exchange.status}`,
              durationText(exchange.durationMs),
              exchange.requestId ? `Okta request ID ${exchange.requestId}` : undefined,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {exchange.requestBody ? <Body name="Sent" text={exchange.requestBody} /> : null}
          {exchange.responseBody ? <Body name="Received" text={exchange.responseBody} /> : null}
        </div>
      ))}
    </section>
  );
}

function Body({ name, text }: { name?: string; text: string }) {
  return (
    <Spoiler maxHeight={90} showLabel={`All of it`} hideLabel="Less" mt={4}>
      <pre className={classes.code} style={{ maxHeight: "none" }}>
        {name ? <span style={{ color: "var(--ink-soft)" }}>{name} </span> : null}
        {pretty(text)}
      </pre>
    </Spoiler>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
