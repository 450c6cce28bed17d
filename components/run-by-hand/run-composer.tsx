"use client";

import { Button, Group } from "@mantine/core";
import { CardHelp } from "#components/builder/card-help.tsx";
import { ConnectionSelect } from "#components/builder/connection-select.tsx";
import { CardForm } from "#components/card-form/card-form.tsx";
import { OptionControl } from "#components/card-form/option-control.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { optionValues } from "#lib/cards/effective-fields.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { CardChooser } from "./card-chooser.tsx";
import { RowSource } from "./row-source.tsx";
import classes from "./run-by-hand.module.css";
import { RunPreview } from "./run-preview.tsx";
import { useRunDraft } from "./use-run-draft.ts";

/** Puts a run together: the card, the rows, what all rows share; then the preview, from which it is started. */
export function RunComposer({ catalogue }: { catalogue: Catalogue }) {
  const run = useRunDraft(catalogue);
  const { draft, description, change } = run;
  if (!description) {
    return (
      <Panel>
        <section className={classes.section} aria-label="Action">
          <h2 className={classes.sectionTitle}>What should be done?</h2>
          <CardChooser catalogue={catalogue} onChoose={run.chooseCard} />
        </section>
      </Panel>
    );
  }
  const options = optionValues(description, draft);
  const ready = !description.needsConnection || draft.connection !== undefined;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <Panel>
          <section className={classes.section} aria-label="Action">
            <Group justify="space-between" wrap="nowrap">
              <h2 className={classes.sectionTitle}>{description.title}</h2>
              <Button size="compact-sm" variant="default" onClick={() => run.chooseCard(null)}>
                Choose another
              </Button>
            </Group>
            <p className={classes.soft}>{description.summary}</p>
            {description.help ? <CardHelp markdown={description.help} /> : null}
            {description.needsConnection ? (
              <ConnectionSelect
                connector={description.connector}
                value={draft.connection}
                // What was picked is of the org it was picked in.
                onChange={(alias) => change({ connection: alias ?? undefined, picked: [], found: [] })}
              />
            ) : null}
            {Object.entries(description.options).map(([key, option]) => (
              <OptionControl
                key={key}
                option={option}
                value={options[key] ?? option.default}
                readOnly={false}
                onChange={(value) => change({ options: { ...draft.options, [key]: value } })}
              />
            ))}
          </section>
        </Panel>
        {ready ? <RowSource run={run} /> : null}
        {ready && Object.keys(run.formFields).length > 0 ? (
          <Panel>
            <section className={classes.section} aria-label="Inputs">
              <h2 className={classes.sectionTitle}>
                {draft.source === "once" ? "Inputs" : "Inputs that are the same for every row"}
              </h2>
              <CardForm
                fields={run.formFields}
                values={draft.inputs}
                onChange={(key, value) => {
                  const { [key]: _, ...rest } = draft.inputs;
                  change({ inputs: value ? { ...rest, [key]: value } : rest });
                }}
                context={{
                  nameOf: ([card, ...labels]) => ({ card, labels }),
                  issues: [],
                  connection: draft.connection,
                  readOnly: false,
                }}
              />
            </section>
          </Panel>
        ) : null}
      </div>
      <div className={classes.stack}>
        <RunPreview key={run.key} request={ready ? run.request : undefined} description={description} />
      </div>
    </div>
  );
}
