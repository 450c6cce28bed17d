import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What a list shows when it has nothing: what would be here, and how to get it here. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: TablerIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Stack align="center" gap={6} py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={44} radius="xl" aria-hidden="true">
        <Icon size={22} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={6}>
        {title}
      </Text>
      {children ? (
        <Text c="dimmed" size="sm" maw={460}>
          {children}
        </Text>
      ) : null}
      {action ? <div style={{ marginTop: 10 }}>{action}</div> : null}
    </Stack>
  );
}
