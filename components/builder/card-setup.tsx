import { Anchor, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import { CardForm } from "#components/card-form/card-form.tsx";
import { OptionControl } from "#components/card-form/option-control.tsx";
import { OwnFieldsControl } from "#components/card-form/own-fields-control.tsx";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectiveFields, optionValues } from "#lib/cards/effective-fields.ts";
import { OWN_FIELDS_OPTION, readOwnFields } from "#lib/cards/own-fields.ts";
import { nameOfRef, sourcesFor } from "#lib/editor/sources.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { CardHelp } from "./card-help.tsx";
import { ConnectionSelect } from "./connection-select.tsx";
import { FailureSection, onErrorOperation } from "./failure-section.tsx";
import { OrderSection } from "./order-section.tsx";

/** Everything that can be set about a card. */
export function CardSetup(props: {
  cardId: string;
  node: CardNode;
  description: CardDescription | undefined;
}) {
  const { cardId, node, description } = props;
  const { editor, grownOf, readOnly } = useBuilder();
  const document = useEditorState((state) => state.document);
  const allIssues = useEditorState((state) => state.issues);
  const issues = useMemo(() => allIssues.filter((issue) => issue.card === cardId), [allIssues, cardId]);
  const { catalogue } = editor;
  const sources = useMemo(
    () => sourcesFor(document, catalogue, cardId, grownOf),
    [document, catalogue, cardId, grownOf],
  );
  const onInput = useCallback(
    (key: string, value: Value | null, leaf: string[]) => {
      editor.edit(
        { op: "setInput", id: cardId, path: [key], value },
        { join: `${cardId} ${leaf.join("/")}` },
      );
    },
    [editor, cardId],
  );
  if (!description) {
    return (
      <div className={classes.inspectorBody}>
        <Text size="sm">
          This console does not know the card “{node.card}”. It was made with a newer version, or the card was
          taken out. Remove it, or update the console.
        </Text>
      </div>
    );
  }
  const fields = effectiveFields(description, node, grownOf(cardId)).inputs;
  const options = optionValues(description, node);
  const general = issues.filter((issue) => issue.field === undefined);
  return (
    <div className={classes.inspectorBody}>
      <div>
        <p className={classes.summary}>{description.summary}</p>
        {description.help ? <CardHelp markdown={description.help} /> : null}
        {description.docs ? (
          <Anchor href={description.docs} target="_blank" rel="noreferrer" size="xs" display="block" mt={6}>
            Documentation of the API <IconExternalLink size={11} aria-label="(opens a new tab)" />
          </Anchor>
        ) : null}
      </div>
      {general.map((issue) => (
        <div key={issue.code + issue.message} className={classes.problemText} role="note">
          {issue.message}
        </div>
      ))}
      {description.needsConnection ? (
        <ConnectionSelect
          readOnly={readOnly}
          connector={description.connector}
          value={node.connection}
          onChange={(connection) => editor.edit({ op: "setConnection", id: cardId, connection })}
        />
      ) : null}
      {Object.entries(description.options).map(([key, option]) => (
        <OptionControl
          key={key}
          option={option}
          value={options[key] ?? option.default}
          readOnly={readOnly}
          onChange={(value) => editor.edit({ op: "setOption", id: cardId, option: key, value })}
        />
      ))}
      {description.ownFields ? (
        <OwnFieldsControl
          label={description.ownFields.label}
          fields={readOwnFields(node.options)}
          readOnly={readOnly}
          onChange={(own, join) =>
            editor.edit(
              {
                op: "setOption",
                id: cardId,
                option: OWN_FIELDS_OPTION,
                value: own.map(({ list, ...field }) => (list ? { ...field, list } : field)),
              },
              { join: `${cardId} ${join}` },
            )
          }
        />
      ) : null}
      {Object.keys(fields).length > 0 ? (
        <section aria-label="Inputs">
          {description.kind === "note" ? null : <h3 className={classes.sectionTitle}>Inputs</h3>}
          <CardForm
            fields={fields}
            values={node.inputs}
            onChange={onInput}
            context={{
              // Nothing runs before an event card, and a note takes no part: there is nothing to map from.
              sources: description.kind === "note" || description.kind === "event" ? undefined : sources,
              nameOf: (ref) => nameOfRef(document, catalogue, ref, grownOf),
              issues,
              connection: node.connection,
              readOnly,
            }}
          />
        </section>
      ) : null}
      {description.kind === "note" ? null : <OrderSection cardId={cardId} />}
      {description.kind === "action" || description.kind === "function" ? (
        <FailureSection
          description={description}
          node={node}
          readOnly={readOnly}
          onChange={(onError) => editor.edit(onErrorOperation(document, cardId, onError))}
        />
      ) : null}
    </div>
  );
}
