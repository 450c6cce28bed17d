/** One end of a relation between users. */
export interface LinkEnd {
  name: string;
  title: string;
  description?: string;
  type: "USER";
}

/** A relation: an associated user has at most one primary, a primary any number of associated. */
export interface LinkDefinition {
  primary: LinkEnd;
  associated: LinkEnd;
  /** Id of the associated user to id of the primary. */
  values: Map<string, string>;
}

/** The definition one of whose ends has this name, or undefined. */
export function definitionNamed(definitions: Iterable<LinkDefinition>, name: string) {
  for (const item of definitions)
    if (item.primary.name === name || item.associated.name === name) return item;
  return undefined;
}

/** A definition as the API answers it. */
export function linkDefinitionJson(definition: LinkDefinition, baseUrl: string): Record<string, unknown> {
  const { primary, associated } = definition;
  const href = `${baseUrl}/api/v1/meta/schemas/user/linkedObjects/${encodeURIComponent(primary.name)}`;
  return { primary, associated, _links: { self: { href } } };
}

/** The relation every org starts with here. */
export function seedLinks(): LinkDefinition[] {
  return [
    {
      primary: { name: "manager", title: "Manager", description: "Who the user reports to", type: "USER" },
      associated: {
        name: "subordinate",
        title: "Subordinate",
        description: "Who reports to the user",
        type: "USER",
      },
      values: new Map(),
    },
  ];
}
