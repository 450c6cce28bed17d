import { Anchor, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";

/** Through which connection a card acts. */
export function ConnectionSelect(props: {
  connector: string;
  value: string | undefined;
  readOnly?: boolean;
  onChange: (alias: string | null) => void;
}) {
  const { data } = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
  });
  const { value, connector } = props;
  const fitting = data?.connections.filter((connection) => connection.connector === connector) ?? [];
  const choices = fitting.map(({ alias, name }) => ({ value: alias, label: `${name} (${alias})` }));
  const known = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <div data-field-connection>
      <Select
        label="Connection"
        size="xs"
        required
        placeholder="Choose a connection"
        data={
          known ? choices : [...choices, { value, label: data ? `${value} (not connected here)` : value }]
        }
        allowDeselect={false}
        readOnly={props.readOnly}
        value={value ?? null}
        onChange={props.onChange}
      />
      {data && fitting.length === 0 ? (
        <Anchor component={Link} href="/connections" size="xs">
          Nothing is connected yet. Add a connection.
        </Anchor>
      ) : null}
    </div>
  );
}
