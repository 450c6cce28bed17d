// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { AttributeForm } from "./hidden-attributes.tsx";
import { attributesOf, profilesOf } from "./use-profile-attributes.ts";

afterEach(cleanup);

function show(chosen: string[] = []) {
  const onSave = vi.fn();
  render(
    <MantineProvider env="test">
      <AttributeForm
        known={[
          { name: "costCenter", label: "Cost Center" },
          { name: "ssn", label: "Social Security Number" },
        ]}
        chosen={chosen}
        saving={false}
        onCancel={vi.fn()}
        onSave={onSave}
      />
    </MantineProvider>,
  );
  const type = (name: string) => {
    const input = screen.getByRole("combobox");
    input.focus();
    fireEvent.change(input, { target: { value: name } });
    fireEvent.keyDown(input, { key: "Enter" });
  };
  return { onSave, type, save: () => fireEvent.click(screen.getByRole("button", { name: "Save" })) };
}

describe("choosing hidden attributes", () => {
  it("saves those that are known and those that were typed, beside the ones there were", () => {
    const { onSave, type, save } = show(["costCenter"]);
    type("badgeNumber");
    type("CostCenter");
    save();
    expect(onSave).toHaveBeenCalledWith(["costCenter", "badgeNumber", "CostCenter"]);
  });

  it("does not save what is no variable name, and says why", () => {
    const { onSave, type, save } = show();
    type("social security number");
    expect(screen.getByText(/“social security number” is no variable name/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Save" })).toHaveProperty("disabled", true);
    save();
    expect(onSave).not.toHaveBeenCalled();
  });

  it("says of a name the profiles do not have that it hides nothing else", () => {
    const { type } = show(["costCenter"]);
    expect(screen.queryByRole("status")).toBeNull();
    type("cost");
    expect(screen.getByRole("status").textContent).toMatch(/have no cost\./);
  });

  it("opens no list before something is typed, and none over what was just taken", () => {
    const { type } = show();
    const input = screen.getByRole("combobox");
    input.focus();
    expect(input.getAttribute("aria-expanded")).toBe("false");
    fireEvent.change(input, { target: { value: "cost" } });
    expect(input.getAttribute("aria-expanded")).toBe("true");
    type("costCenter");
    expect(input.getAttribute("aria-expanded")).toBe("false");
  });

  it("can take all of them back", () => {
    const { onSave, save } = show([]);
    save();
    expect(onSave).toHaveBeenCalledWith([]);
  });
});

test("known attributes are those of the cards and those the org added, but none of an application", () => {
  const text = (label: string) => ({ type: "text" as const, label });
  const profiles = profilesOf([
    { inputs: { profile: { ...object, grows: "okta.userProfile", fields: { city: text("City") } } } },
    {
      inputs: {
        profile: {
          ...object,
          grows: "okta.userProfile",
          fields: { city: text("City"), title: text("Title") },
        },
      },
    },
    {
      inputs: {
        profile: {
          ...object,
          grows: "okta.appProfile",
          growsBy: "application",
          fields: { role: text("Role") },
        },
      },
    },
  ]);
  expect([...profiles.keys()]).toEqual(["okta.userProfile"]);
  expect(attributesOf([...profiles.values(), { badge: text("Badge") }])).toEqual([
    { name: "badge", label: "Badge" },
    { name: "city", label: "City" },
    { name: "title", label: "Title" },
  ]);
});

const object = { type: "object" as const, label: "Profile" };
