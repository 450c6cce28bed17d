import { PasswordInput, type PasswordInputProps } from "@mantine/core";

/** Where somebody chooses a password for the console. */
export function NewPassword(props: Omit<PasswordInputProps, "label" | "description" | "autoComplete">) {
  return (
    <PasswordInput
      label="Password"
      description="At least 10 characters."
      autoComplete="new-password"
      required
      {...props}
    />
  );
}
