import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Rows to come. */
export function ListSkeleton({ rows = 5, height = 44 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} p="md" aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} height={height} radius="md" />
      ))}
    </Stack>
  );
}
