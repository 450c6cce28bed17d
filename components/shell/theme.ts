import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Flowdeck's accent. Shades 6 and 7 have 4.5:1 and more on white, shade 4 on the dark surface. */
const indigo: MantineColorsTuple = [
  "#eef1ff",
  "#dce2fd",
  "#b6c1f8",
  "#8e9ff3",
  "#6f84ef",
  "#5a71ec",
  "#4a5fe0",
  "#3d50c9",
  "#3546b4",
  "#293a9e",
];

/**
 * Mantine's dark greys have no hue and stood out from our surfaces; the borders of its inputs had 1.8:1 on them, the words
 * on what is disabled 2.5:1. Here 3.2:1 and 4.6:1. Shade 0 is text, 3 what is disabled, 4 borders, 6
 * inputs and buttons, 7 dialogs.
 */
const dark: MantineColorsTuple = [
  "#e9ebf0",
  "#c6cbd5",
  "#a3abb9",
  "#8790a0",
  "#5f6878",
  "#3a404c",
  "#242831",
  "#1d2027",
  "#16181d",
  "#0f1115",
];

export const theme = createTheme({
  primaryColor: "deck",
  primaryShade: { light: 7, dark: 6 },
  colors: { deck: indigo, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily:
    '"Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "1.375rem", lineHeight: "1.3" } } },
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 320 } },
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm" } },
    // Mantine's close buttons are crosses without a name.
    Modal: {
      defaultProps: { closeButtonProps: { "aria-label": "Close" } },
      // A name without a space in it pushed the close button out of the dialog.
      styles: { title: { minWidth: 0, overflowWrap: "anywhere" } },
    },
    Notification: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Dismiss" },
        // Mantine's grey has 3.3:1 on white.
        styles: { description: { color: "var(--mantine-color-text)" } },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});
