# Completion in bash, and what every program says of itself.
dist_check_SCRIPTS += tests/completion/completion.sh tests/completion/help.sh
TESTS += tests/completion/completion.sh tests/completion/help.sh
