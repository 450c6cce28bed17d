import { describe, expect, it } from "vitest";
import { CardError } from "../../../cards/errors.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { type Answer, notFound } from "../test-okta-client.ts";
import { addUserToGroups } from "./add-user-to-groups.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { getGroupByName } from "./get-group-by-name.ts";
import { updateGroup } from "./update-group.ts";

/** The lost attempt began at 09:00:00. */
const now = new Date("2026-11-21T09:00:00.000Z");
const BEFORE = "2026-11-21T08:59:54.000Z";
const AFTER = "2026-11-21T09:00:01.000Z";

const group = (name: string, more = {}) => ({
  ...SAMPLE_OKTA_GROUP,
  ...more,
  profile: { name, description: null },
});

describe("Add User to Multiple Groups", () => {
  const inputs = { groups: ["00g1", "00gApp", "00g3"], user: "00u1" };
  const forbidden = new CardError("You do not have permission.", {
    kind: "forbidden",
    code: "E0000006",
    status: 403,
  });
  const answers = (): Answer[] => [{ status: 204 }, forbidden, { status: 204 }];

  it("tries every group, then fails naming the ones that refused", async () => {
    const failed = runOktaCard(addUserToGroups, { inputs, answers: answers() });
    await expect(failed).rejects.toThrow("1 of 3 groups did not take the user. 00gApp: You do not have");
    await expect(failed).rejects.toMatchObject({
      details: {
        code: "groups-refused",
        data: {
          results: [
            { groupId: "00g1", added: true },
            { groupId: "00gApp", added: false, errorCode: "E0000006", statusCode: 403 },
            { groupId: "00g3", added: true },
          ],
        },
      },
    });
  });

  it("reports them instead where that is chosen", async () => {
    const { outputs, requests } = await runOktaCard(addUserToGroups, {
      inputs,
      options: { refusal: "report" },
      answers: answers(),
    });
    expect(requests).toHaveLength(3);
    expect(outputs).toMatchObject({
      allAdded: false,
      results: [{ added: true }, { added: false, error: "You do not have permission." }, { added: true }],
    });
  });

  it("stops for what is no group's fault, so that the whole card is tried again", async () => {
    const limited = new CardError("Wait.", { kind: "rateLimited", code: "E0000047", status: 429 });
    const call = { inputs, options: { refusal: "report" }, answers: [{ status: 204 }, limited] };
    await expect(runOktaCard(addUserToGroups, call)).rejects.toBe(limited);
  });

  it("adds nobody where one of the ids is none", async () => {
    const wrong = { groups: ["00g1", ".."], user: "00u1" };
    await expect(runOktaCard(addUserToGroups, { inputs: wrong })).rejects.toMatchObject({
      details: { kind: "input", field: ["groups"] },
    });
  });
});

describe("Get Group by Name", () => {
  const find = (...answers: Answer[]) => runOktaCard(getGroupByName, { inputs: { name: "Sales" }, answers });

  it("takes the one managed in Okta", async () => {
    const body = [group("Sales", { id: "00gA", type: "APP_GROUP" }), group("sales", { id: "00gB" })];
    expect((await find({ body })).outputs?.id).toBe("00gB");
  });

  it("does not guess between two", async () => {
    const body = ["00gA", "00gB"].map((id) => group("Sales", { id, type: "APP_GROUP" }));
    await expect(find({ body })).rejects.toMatchObject({ details: { code: "several-groups" } });
  });

  it("asks the search where more groups begin so than Okta gives at once", async () => {
    const many = Array.from({ length: 300 }, (_, at) => group(`Sales ${at}`));
    const { outputs, requests } = await find({ body: many }, { body: [group("Sales", { id: "00gB" })] });
    expect(requests[1]?.query).toEqual({ search: 'profile.name eq "Sales"', limit: 300 });
    expect(outputs?.id).toBe("00gB");
  });
});

describe("a group card reads back", () => {
  const created = async (answer: Answer) => {
    const call = { inputs: { name: "Sales" }, answers: [answer], now };
    return (await runOktaCard(createGroup, call, "readBack")).outputs;
  };

  it("a group of the name created since the attempt as its own", async () => {
    expect(await created({ body: [group("Sales", { created: AFTER })] })).toMatchObject({
      profile: { name: "Sales" },
    });
  });

  it("no older one, no application's, and none whose name only begins so", async () => {
    expect(await created({ body: [group("Sales", { created: BEFORE })] })).toBeNull();
    expect(await created({ body: [group("Sales", { created: AFTER, type: "APP_GROUP" })] })).toBeNull();
    expect(await created({ body: [group("Sales EMEA", { created: AFTER })] })).toBeNull();
  });

  it("a group that is gone as deleted", async () => {
    const call = { inputs: { group: "00g1" }, now };
    const gone = await runOktaCard(deleteGroup, { ...call, answers: [notFound("UserGroup")] }, "readBack");
    expect(gone.outputs).toEqual({ statusCode: 204, rawBody: null });
    const there = await runOktaCard(
      deleteGroup,
      { ...call, answers: [{ body: group("Sales") }] },
      "readBack",
    );
    expect(there.outputs).toBeNull();
  });
});

describe("Update Group", () => {
  it("refuses to send nothing", async () => {
    const call = { inputs: { group: "00g1", name: "", description: "" } };
    await expect(runOktaCard(updateGroup, call)).rejects.toMatchObject({
      details: { code: "nothing-to-update" },
    });
  });
});
