"""What the system has against reading or writing, in Chinese."""

from __future__ import annotations

import errno

_OS_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOSPC: "磁盘空间已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被其他程序使用",
    errno.EIO: "磁盘读写出错",
}


def explain_os_error(error: OSError) -> str:
    """What the system has against it, as a Chinese clause where we have one."""
    return _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)
