"""Files: what colleagues keep about somebody, under names nobody can guess, handed out so that they do no harm."""
