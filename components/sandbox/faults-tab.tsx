"use client";

import { Group, Select, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { readWholeNumber, WholeNumberInput } from "#components/ui/whole-number-input.tsx";
import { FAULTS, type FaultName, type SandboxFault } from "#lib/api/sandbox.ts";
import { FAULT_WORDS, HOW_OFTEN, type HowOften, ruleText } from "./fault-words.ts";
import classes from "./sandbox.module.css";
import { useSetFaults } from "./use-set-faults.ts";

/** Makes the org misbehave, to see what flows do about it. */
export function FaultsTab({ faults }: { faults: readonly SandboxFault[] }) {
  return (
    <div className={classes.panel} data-form>
      <Text size="sm" c="dimmed" mb="md" maw={760}>
        Real orgs are slow, busy and out of reach at times. Switch that on here and watch what your flows do.
        Faults of calls strike what you do on this page too.
      </Text>
      <div className={classes.faults}>
        {FAULTS.map((fault) => (
          <FaultCard key={fault} fault={fault} faults={faults} />
        ))}
      </div>
    </div>
  );
}

function FaultCard({ fault, faults }: { fault: FaultName; faults: readonly SandboxFault[] }) {
  const { title, what, amount } = FAULT_WORDS[fault];
  const [often, setOften] = useState<HowOften>("always");
  const [typed, setTyped] = useState(`${amount?.standard ?? 0}`);
  const takes = { min: 0, max: amount?.key === "ms" ? 600_000 : 3600 };
  const { value } = readWholeNumber(typed, takes);
  const set = useSetFaults();
  const own = faults.filter((rule) => rule.fault === fault);
  const on = own.length > 0;
  const others = faults.filter((rule) => rule.fault !== fault);
  const rule: SandboxFault = {
    fault,
    ...HOW_OFTEN[often].rule,
    ...(amount ? { [amount.key]: value } : {}),
  };
  return (
    <section className={classes.fault} data-on={on || undefined} aria-label={title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Switch
          aria-label={title}
          checked={on}
          disabled={set.isPending || (!on && amount !== undefined && value === undefined)}
          onChange={() => set.mutate(on ? [...others] : [...others, rule])}
        />
      </Group>
      <Text size="sm" mt={4}>
        {what}
      </Text>
      {on ? (
        <Text size="sm" mt={8} fw={550}>
          {own.map(ruleText).join(" · ")}
        </Text>
      ) : (
        <Group mt={10} gap={8} align="flex-start">
          <Select
            size="xs"
            w={170}
            label="How often"
            aria-label={`${title}: how often`}
            allowDeselect={false}
            data={Object.entries(HOW_OFTEN).map(([key, { label }]) => ({ value: key, label }))}
            value={often}
            onChange={(next) => {
              if (next !== null && isHowOften(next)) setOften(next);
            }}
          />
          {amount ? (
            <WholeNumberInput
              size="xs"
              w={140}
              label={amount.label}
              aria-label={`${title}: ${amount.label}`}
              takes={takes}
              typed={typed}
              onType={setTyped}
            />
          ) : null}
        </Group>
      )}
    </section>
  );
}

function isHowOften(name: string): name is HowOften {
  return Object.hasOwn(HOW_OFTEN, name);
}
