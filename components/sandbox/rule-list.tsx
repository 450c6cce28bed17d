"use client";

import { Button, Group, Text, Title } from "@mantine/core";
import { useMay } from "#components/accounts/may.tsx";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import classes from "./sandbox.module.css";
import type { Rule, Sandbox } from "./use-sandbox.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";

const TONES: Record<string, Tone> = { ACTIVE: "good", INVALID: "bad" };

/** The group rules with their state; each can be switched on and off. */
export function RuleList({ sandbox }: { sandbox: Sandbox }) {
  const names = new Map(sandbox.groups.map(({ id, name }) => [id, name]));
  return (
    <section className={classes.rules} aria-labelledby="group-rules">
      <Title order={2} size="h5" id="group-rules" mb={6}>
        Group rules
      </Title>
      {sandbox.rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          No rules. A flow makes them with Create Group Rule.
        </Text>
      ) : null}
      {sandbox.rules.map((rule) => (
        <RuleRow
          key={rule.id}
          rule={rule}
          groups={rule.groupIds.map((id) => names.get(id) ?? "a group that was deleted")}
        />
      ))}
    </section>
  );
}

function RuleRow({ rule, groups }: { rule: Rule; groups: string[] }) {
  const mayAct = useMay("connections.manage");
  const active = rule.status === "ACTIVE";
  const change = useSandboxAction(`The rule “${rule.name}” is ${active ? "off" : "on"}.`);
  return (
    <Group py={6} gap="sm" wrap="nowrap">
      <Tag tone={TONES[rule.status] ?? "neutral"}>{rule.status}</Tag>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm">
          <strong>{rule.name}</strong> puts people into {groups.join(", ")}
        </Text>
        <code className={classes.mono}>{rule.expression}</code>
      </div>
      {rule.status === "INVALID" || !mayAct ? null : (
        <Button
          size="compact-sm"
          variant="default"
          loading={change.isPending}
          aria-label={`${active ? "Deactivate" : "Activate"} rule ${rule.name}`}
          onClick={() =>
            change.mutate({ action: active ? "deactivateRule" : "activateRule", ruleId: rule.id })
          }
        >
          {active ? "Deactivate" : "Activate"}
        </Button>
      )}
    </Group>
  );
}
