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
	if xdg := c.xdg("XDG_CONFIG_HOME"); xdg != "" {
		return filepath.Join(xdg, "pmpath")
	}
	if goos == "windows" {
		return below(c.variable("AppData"), "pmpath")
	}
	return below(c.home(goos), ".config", "pmpath")
}

// dataFolder returns the folder of the history: own/data, or XDG_DATA_HOME/pmpath, or what the system goos is used to. It is empty where no
// variable names one, which is no fault as long as nothing has to be kept.
func (c *collector) dataFolder(own, goos string) string {
	if own != "" {
		return filepath.Join(own, "data")
	}
	if xdg := c.xdg("XDG_DATA_HOME"); xdg != "" {
		return filepath.Join(xdg, "pmpath")
	}
	if goos == "windows" {
		return below(c.variable("LocalAppData"), "pmpath", "data")
	}
	return below(c.home(goos), ".local", "share", "pmpath")
}

// stateFolder returns the folder of what is put down for a moment, such as a note in an editor: own/state, or XDG_STATE_HOME/pmpath, or what the system
// goos is used to; empty as dataFolder is.
func (c *collector) stateFolder(own, goos string) string {
	if own != "" {
		return filepath.Join(own, "state")
	}
	if xdg := c.xdg("XDG_STATE_HOME"); xdg != "" {
		return filepath.Join(xdg, "pmpath")
	}
	if goos == "windows" {
		return below(c.variable("LocalAppData"), "pmpath", "state")
	}
	return below(c.home(goos), ".local", "state", "pmpath")
}

// xdg returns a folder that the XDG specification names, or nothing. A relative one is to be ignored by that specification.
func (c *collector) xdg(variable string) string {
	folder := c.variable(variable)
	if folder == "" || filepath.IsAbs(folder) {
		return folder
	}
	c.warnings = append(c.warnings, fmt.Sprintf("%s: %q is not an absolute path and is ignored – write it from the root on, or unset it", variable, folder))
	return ""
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
