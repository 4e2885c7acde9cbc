"""The project beside the families: `project.yaml` read, and its papers made by the same steps as a family's."""
