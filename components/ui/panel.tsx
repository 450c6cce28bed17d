import { Box, type BoxProps } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** A bordered surface for lists and forms. */
export function Panel({ children, ...box }: BoxProps & { children: ReactNode }) {
  return (
    <Box className={classes.panel} {...box}>
      {children}
    </Box>
  );
}
