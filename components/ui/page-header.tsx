import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** Title of a page, one sentence about it, and its main actions. */
export function PageHeader({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div>
        <Title order={1}>{title}</Title>
        {description ? (
          <Text c="dimmed" size="sm" mt={4} maw={720}>
            {description}
          </Text>
        ) : null}
      </div>
      <div className={classes.actions}>{children}</div>
    </header>
  );
}

/** The room a page's content stands in. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}
