package main

import (
	"time"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/settings"
)

// dataFolder is the folder of the history. Where no variable names one, that is a fault of the settings.
func (e *env) dataFolder() (string, error) {
	if e.settings.DataFolder == "" {
		return "", settings.NoFolder()
	}
	return e.settings.DataFolder, nil
}

// openHistory opens drafts and history, and makes them where there are none yet. A draft that somebody else has open is waited for as long as wait.
func (e *env) openHistory(wait time.Duration) (*history.Store, error) {
	folder, err := e.dataFolder()
	if err != nil {
		return nil, err
	}
	return history.Open(folder, history.Options{Now: e.now, Version: version(), LockTimeout: wait})
}
