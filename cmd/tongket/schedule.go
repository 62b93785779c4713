package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/machine"
	"tongket/internal/schedule"
	"tongket/templates"
)

func scheduleVerb(p *programme, s streams) *cobra.Command {
	var cron, user string
	c := &cobra.Command{
		Use:   "schedule systemd|cron|windows",
		Short: "Print what hands tongket run to the system's own timer",
		Long: "Print unit files for systemd, a line for a crontab, or a command for the Windows Task Scheduler, that call\n" +
			"tongket run for this programme folder. Nothing is installed: what is printed says what to do with it.",
		ValidArgs: []string{"systemd", "cron", "windows"},
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			if dir, err = filepath.Abs(dir); err != nil {
				return fmt.Errorf("programme: %w", err)
			}
			program, err := os.Executable()
			if err != nil {
				return fmt.Errorf("program: %w", err)
			}
			prog, err := edition.Open(os.DirFS(dir), templates.Files)
			if err != nil {
				return err
			}
			if user == "" {
				// Whoever keeps the programme runs it: files that root wrote would stand in
				// the way of the next load by hand.
				if user, err = machine.Owner(dir); err != nil || user == "root" {
					user = ""
				}
			}
			hooks := prog.Run.Success != "" || prog.Run.Failure != ""
			return printSchedule(args[0], schedule.Job{Program: program, Folder: dir, Cron: cron, User: user, Hooks: hooks}, s)
		},
	}
	c.Flags().StringVar(&cron, "cron", "0 6 * * 1", "when, five `fields` of cron; Mondays at six if not given")
	c.Flags().StringVar(&user, "user", "", "`name` of the account that runs it (systemd); the owner of the folder if not given")
	return c
}

func printSchedule(system string, j schedule.Job, s streams) error {
	switch system {
	case "cron":
		line, err := j.CronLine()
		if err != nil {
			return usage{err}
		}
		fmt.Fprintf(s.out, "# Add this line with crontab -e; cron mails what the run prints.\n%s", line)
	case "windows":
		command, err := j.Windows()
		if err != nil {
			return usage{err}
		}
		fmt.Fprintf(s.out, "REM Run this once in a command window, as the account that is to do the work.\r\n%s", command)
		if runtime.GOOS != "windows" {
			fmt.Fprint(s.out, "REM The paths are those of this computer: put those of the Windows computer in their place.\r\n")
		}
	default:
		service, timer, err := j.Systemd()
		if err != nil {
			return usage{err}
		}
		fmt.Fprintf(s.out, "# /etc/systemd/system/tongket.service\n%s\n# /etc/systemd/system/tongket.timer\n%s\n"+
			"# Then, as root: systemctl daemon-reload && systemctl enable --now tongket.timer\n# What came of it: systemctl status tongket.service, and .tongket/run.log\n", service, timer)
	}
	return nil
}
