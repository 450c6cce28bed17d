import { database } from "../db/client.ts";

export interface FlowUsing {
  id: string;
  name: string;
}

/** The flows whose draft or live version names the connection: what keeps it from being deleted. */
export function flowsUsing(alias: string): Promise<FlowUsing[]> {
  return database().prisma.$queryRaw<FlowUsing[]>`
    select f.id, f.name
    from flows f left join flow_versions v on v.id = f.live_version_id
    where f.deleted_at is null
      and (jsonb_path_exists(f.draft, '$.cards.*.connection ? (@ == $alias)', jsonb_build_object('alias', ${alias}::text))
        or jsonb_path_exists(v.document, '$.cards.*.connection ? (@ == $alias)', jsonb_build_object('alias', ${alias}::text)))
    order by f.name`;
}
