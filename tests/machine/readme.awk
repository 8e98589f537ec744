# SPDX-License-Identifier: GPL-2.0-or-later
# The blocks of a section of README.md, each as a file in DIR: NN.sh, commands for root, or
# NN.file, whose first line is the path that the paragraph above the block begins with.
#
# usage: awk -v title="Five minutes to a real pair" -v dir=DIR -f readme.awk README.md
/^## / {
	inside = $0 == "## " title
	next
}
!inside { next }
/^    / {
	if (!block) {
		match($0, /^ +/)
		indent = RLENGTH
		block = sprintf("%s/%02d.%s", dir, ++n, path ? "file" : "sh")
		if (path)
			print path > block
	}
	print substr($0, indent + 1) > block
	next
}
/^ *$/ {
	if (block)
		path = ""
	blank = 1
	next
}
{
	if (block || blank) {
		block = ""
		path = match($0, /^ *(`|[0-9]+\. `)\/[^`]*`/) ? substr($0, RSTART, RLENGTH) : ""
		gsub(/^[^\/]*|`$/, "", path)
	}
	blank = 0
}
