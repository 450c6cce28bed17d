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

export const theme = createTheme({
  primaryColor: "deck",
  primaryShade: { light: 7, dark: 6 },
  colors: { deck: indigo },
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
