import type { Pool } from "pg";
import { ApiProblem } from "../http/problem.ts";
import { personMatch } from "./person-match.ts";

interface Party {
  id: string;
  login: string | null;
}

/**
 * Everything a person is called by in the events of an org: the id, and every login that went with it.
 *
 * @param user id or login
 * @throws ApiProblem conflict when several persons had this login one after the other: only an id says which is meant
 */
export async function findPerson(pool: Pool, connectionId: string, user: string): Promise<string[]> {
  const given = await partiesOf(pool, connectionId, user);
  const ids = new Set(given.map(({ id }) => id));
  if (ids.size > 1) {
    throw new ApiProblem("conflict", `${ids.size} people were called by this login, one after the other.`, {
      hint: `Give the id of the one you mean: ${[...ids].join(", ")}.`,
    });
  }
  const [id] = ids;
  const logins = id === undefined || id === user ? given : await partiesOf(pool, connectionId, id);
  return [...new Set([user, ...ids, ...logins.flatMap(({ login }) => login ?? [])])];
}

async function partiesOf(pool: Pool, connectionId: string, user: string): Promise<Party[]> {
  const { patterns } = personMatch([user]);
  const { rows } = await pool.query<Party>(PARTIES, [connectionId, patterns, user]);
  return rows;
}

/** Okta writes "unknown" where a thing has no alternate id. */
const PARTIES = `
select distinct p->>'id' as id, nullif(p->>'alternateId', 'unknown') as login
from events v
cross join lateral jsonb_array_elements(
  case jsonb_typeof(v.payload->'target') when 'array' then v.payload->'target' else '[]' end
  || jsonb_build_array(v.payload->'actor')
) p
where v.connection_id = $1::uuid and v.payload::text ilike any($2::text[])
  and p->>'id' is not null and (p->>'id' = $3 or lower(p->>'alternateId') = lower($3))`;
