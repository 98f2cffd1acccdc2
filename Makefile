# What one does with a checkout. Each target makes the environment it needs (.venv) from pinned requirements.

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

BIN := .venv/bin
ARGS ?=

.PHONY: help demo test test-spark bench lint format docs messages requirements environment

help: ## Say what there is to make
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 16

demo: ## Walk through real relationships: make demo ARGS="--no-serve --json"
	@scripts/environment demo
	@$(BIN)/vincle demo $(ARGS)

test: ## Everything: lint, then all tests on SQLite and on PostgreSQL, in a real browser too
	@scripts/test $(ARGS)

test-spark: ## The engine's tests once more, on Apache Spark
	@scripts/test-spark $(ARGS)

bench: ## The benchmarks, one after the other, each a table and a line of JSON
	@scripts/environment dev
	@set -e; for each in $$(grep -l '^if __name__' benchmarks/*.py); do echo "== $$each"; $(BIN)/python $$each $(ARGS); done

lint: ## ruff, mypy, import-linter, djlint
	@scripts/environment dev
	@scripts/lint

format: ## Let ruff put the code in order
	@scripts/environment dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

docs: ## Build the documentation site into site/
	@scripts/environment dev
	@$(BIN)/zensical build --clean

messages: ## Gather what is to be translated, and compile what has been (needs Debian's gettext)
	@scripts/environment dev
	@scripts/messages

requirements: ## Write requirements/*.txt again from pyproject.toml (needs uv)
	@scripts/requirements

environment: ## Only make .venv, with everything for development
	@scripts/environment dev
