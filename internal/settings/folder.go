package settings

import (
	"fmt"
	"path/filepath"
)

// ownHome returns PMPATH_HOME, which replaces all folders. It is checked even where nothing in it is needed: a wrong value would come up later, halfway.
func (c *collector) ownHome() string {
	own := c.variable("PMPATH_HOME")
	if own != "" && !filepath.IsAbs(own) {
		c.wrongVariable("PMPATH_HOME", fmt.Sprintf("%q is not an absolute path", own), "write it from the root on")
		return ""
	}
	return own
}

// userFolder returns the folder of config.yaml: own/config, or XDG_CONFIG_HOME/pmpath, or what the system goos is used to. It is empty
// where no variable names one, which is no fault as long as nothing has to be written.
func (c *collector) userFolder(own, goos string) string {
	if own != "" {
		return filepath.Join(own, "config")
	}
	if xdg := c.variable("XDG_CONFIG_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, "pmpath")
	} else if xdg != "" { // to be ignored by its specification
		c.warnings = append(c.warnings, fmt.Sprintf("XDG_CONFIG_HOME: %q is not an absolute path and is ignored – write it from the root on, or unset it", xdg))
	}
	if goos == "windows" {
		return below(c.variable("AppData"), "pmpath")
	}
	return below(c.home(goos), ".config", "pmpath")
}

// home returns the person's own folder, or nothing where no usable one is known.
func (c *collector) home(goos string) string {
	name := "HOME"
	if goos == "windows" {
		name = "USERPROFILE"
	}
	return below(c.variable(name))
}

// below joins a path to a folder from the environment, and gives nothing where that is unset or relative.
func below(folder string, parts ...string) string {
	if !filepath.IsAbs(folder) {
		return ""
	}
	return filepath.Join(append([]string{folder}, parts...)...)
}
