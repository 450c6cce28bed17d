import type { Card } from "../../../cards/define.ts";
import { eventCard } from "./event-card.ts";
import { doer, likely, oktaUser } from "./event-facts.ts";

/** What differs between the events about a device. */
interface DeviceEvent {
  name: string;
  title: string;
  /** End of the event type after "device.". */
  type: string;
  /** What happened to the device: "activated". */
  done: string;
  keywords: string[];
  /** Whether the event names the user of the device. */
  user?: boolean;
}

function deviceEvent({ name, title, type, done, keywords, user }: DeviceEvent): Card {
  return eventCard({
    id: `okta.devices.${name}`,
    title,
    summary: `Starts the flow when a device is ${done}.`,
    eventType: `device.${type}`,
    category: "Devices",
    keywords,
    help: "Orgs on Okta Identity Engine only.",
    facts: {
      admin: doer("Admin", "Who did it: an admin, the user of the device, or Okta Verify acting for them."),
      device: likely("Device", ["Device"], `The device that was ${done}.`),
      ...(user ? { user: oktaUser("The user of the device.") } : {}),
    },
  });
}

export const deviceEvents: Card[] = [
  deviceEvent({
    name: "enrolled",
    title: "Device Enrolled",
    type: "enrollment.create",
    done: "enrolled",
    keywords: ["okta verify", "new device", "registered"],
    user: true,
  }),
  deviceEvent({
    name: "addedToUser",
    title: "Device Added to User",
    type: "user.add",
    done: "added to a user",
    keywords: ["okta verify", "device owner", "device user"],
    user: true,
  }),
  deviceEvent({
    name: "activated",
    title: "Device Activated",
    type: "lifecycle.activate",
    done: "activated",
    keywords: ["device enabled", "computer", "phone"],
  }),
  deviceEvent({
    name: "deactivated",
    title: "Device Deactivated",
    type: "lifecycle.deactivate",
    done: "deactivated",
    keywords: ["device disabled", "lost device", "stolen device"],
  }),
  deviceEvent({
    name: "suspended",
    title: "Device Suspended",
    type: "lifecycle.suspend",
    done: "suspended",
    keywords: ["device paused", "lost device", "stolen device"],
  }),
  deviceEvent({
    name: "unsuspended",
    title: "Device Unsuspended",
    type: "lifecycle.unsuspend",
    done: "unsuspended",
    keywords: ["device resumed", "found device", "enabled again"],
  }),
  deviceEvent({
    name: "deleted",
    title: "Device Deleted",
    type: "lifecycle.delete",
    done: "deleted",
    keywords: ["device removed", "retired device", "wiped"],
  }),
];
