import type { CardOption, OptionValues } from "../../../cards/card.ts";

/**
 * Whether Okta writes to somebody about the change. Okta's own default differs from call to call (activate: yes,
 * reactivate and deactivate: no, reset password: none at all), so a card always sends what its option says.
 */
export function sendEmailOption(help: string, standard: "yes" | "no"): { sendEmail: CardOption } {
  const choices = [
    { value: "yes", label: "Yes" },
    { value: "no", label: "No" },
  ];
  return { sendEmail: { label: "Send Email?", help, choices, default: standard } };
}

/** What the option says, as the parameter Okta takes. */
export function sendsEmail(options: OptionValues): boolean {
  return options.sendEmail !== "no";
}
