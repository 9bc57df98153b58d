"""All disk access: plan files, workbooks, Word templates, the workspace, what comes in."""
