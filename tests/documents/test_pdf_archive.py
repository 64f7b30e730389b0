"""What makes a PDF archival besides its pages."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageChops, ImageCms

from branchdesk.documents.pdf_archive import srgb_profile


def test_the_profile_means_srgb() -> None:
    ours: Any = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert ours.profile.version == 2.1
    assert "CC0" in ImageCms.getProfileCopyright(ours)
    ramp = Image.merge(
        "RGB", [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90)]
    )
    change: Any = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ours, "RGB", "RGB")
    changed = ImageCms.applyTransform(ramp, change)
    assert changed is not None
    bands = ImageChops.difference(ramp, changed).split()
    assert max(max(band.tobytes()) for band in bands) <= 1
