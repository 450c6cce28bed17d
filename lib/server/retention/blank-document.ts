/**
 * SQL of a flow document without what somebody typed into it: its cards, their order and what is kept stay, so that what
 * ran on it can still be shown.
 *
 * @param document SQL of a JSON object
 * @param instead SQL of the text to write for a name that `named` finds the person in
 */
export function blankDocument(document: string, named: (text: string) => string, instead: string): string {
  return `(jsonb_set(${document} - 'description', '{cards}', (
      select coalesce(jsonb_object_agg(c.key, c.value - 'inputs' - 'options' - 'title'), '{}')
      from jsonb_each(${document}->'cards') c))
    || case when ${named(`${document}->>'name'`)} then jsonb_build_object('name', ${instead}::text) else '{}' end)`;
}
