/** The user a rule looks at. */
export interface RuleSubject {
  /** Value of a profile attribute; undefined when empty. */
  attribute: (name: string) => unknown;
  groups: readonly { id: string; name: string }[];
}

interface RuleFunction {
  least: number;
  most: number;
  /** True when it answers true or false. */
  condition: boolean;
  run: (args: readonly unknown[], subject: RuleSubject) => unknown;
}

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
const items = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
};
const both = (run: (whole: string, part: string) => boolean): RuleFunction => ({
  least: 2,
  most: 2,
  condition: true,
  // An empty attribute never fits, not even an empty text: Okta treats the failed call as no match.
  run: ([whole, part]) => whole !== null && whole !== undefined && run(text(whole), text(part)),
});
const onText = (run: (value: string) => unknown): RuleFunction => ({
  least: 1,
  most: 1,
  condition: false,
  run: ([value]) => (value === null || value === undefined ? null : run(text(value))),
});
const member = (
  most: number,
  fits: (group: { id: string; name: string }, wanted: string) => boolean,
): RuleFunction => ({
  least: 1,
  most,
  condition: true,
  run: (args, subject) => args.some((wanted) => subject.groups.some((group) => fits(group, text(wanted)))),
});

/** The functions group rules may call. `String.contains` is Okta's String.stringContains under its short name. */
export const FUNCTIONS = {
  "String.startsWith": both((whole, part) => whole.startsWith(part)),
  "String.stringContains": both((whole, part) => whole.includes(part)),
  "String.contains": both((whole, part) => whole.includes(part)),
  "String.toLowerCase": onText((value) => value.toLowerCase()),
  "String.toUpperCase": onText((value) => value.toUpperCase()),
  "String.len": onText((value) => value.length),
  "Arrays.contains": {
    least: 2,
    most: 2,
    condition: true,
    run: ([list, wanted]) => items(list).includes(wanted),
  },
  "Arrays.isEmpty": { least: 1, most: 1, condition: true, run: ([list]) => items(list).length === 0 },
  "Arrays.size": { least: 1, most: 1, condition: false, run: ([list]) => items(list).length },
  isMemberOfGroup: member(1, (group, id) => group.id === id),
  isMemberOfAnyGroup: member(100, (group, id) => group.id === id),
  isMemberOfGroupName: member(1, (group, name) => group.name === name),
  isMemberOfGroupNameStartsWith: member(1, (group, start) => group.name.startsWith(start)),
  isMemberOfGroupNameContains: member(1, (group, part) => group.name.includes(part)),
} satisfies Record<string, RuleFunction>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The function of that name, or undefined. Names are case-sensitive. */
export function functionNamed(name: string): FunctionName | undefined {
  const names: string[] = Object.keys(FUNCTIONS);
  return names.includes(name) ? (name as FunctionName) : undefined;
}
