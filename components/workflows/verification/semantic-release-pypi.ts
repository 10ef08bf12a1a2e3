import { pypiJob } from "../continuous/cd-jobs.ts";
import { checkout, pinned } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { BUILD, setupPython } from "./python-package.ts";

/** The Python package of a release. */
export interface ReleasedPackage {
  /** Environment whose approvals its publication needs. */
  environment: string;
  /** Version of Python that builds. */
  pythonVersion: string;
}

/** Also where the release is out and only a comment on an issue failed. */
export const PUBLISHED = "!cancelled() && needs.release.outputs.new_release_published == 'true'";

/** Built apart from the job that PyPI trusts, so that no build script runs beside that trust. */
export function pypiJobs({ environment, pythonVersion }: ReleasedPackage, repository: Repository): Record<string, StepsJob> {
  return {
    package: {
      name: "Package",
      needs: ["release"],
      if: PUBLISHED,
      timeoutMinutes: 10,
      steps: [
        checkout({ ref: "refs/tags/${{ needs.release.outputs.new_release_tag }}", fetchDepth: 0 }),
        setupPython(pythonVersion),
        { name: "Build", run: `python -m pip install ${BUILD}\npython -m build` },
        { name: "Keep the package", uses: pinned("actions/upload-artifact"), with: { name: "package", path: "dist/", "if-no-files-found": "error" } },
      ],
    },
    publish: { ...pypiJob({ environment, test: false, needs: ["release", "package"] }, repository), if: "!cancelled() && needs.package.result == 'success'" },
  };
}
