# The same steps without make, and on Windows: see "Install" in README.md.
SHARED ?= ../shared
PYTHON ?= python3
OUT ?= report

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/ready

help:  ## list the targets
	@$(PYTHON) -c "import re; [print(f'make {t:8}{d}') for t, d in re.findall(r'(?m)^(\w+):.*?## (.*)', open('Makefile', encoding='utf-8').read())]"

demo: $(READY)  ## run the main job on the samples, into report/
	$(BIN)/thamluan demo --out $(OUT) --force

test: $(READY)  ## run the everyday tests
	$(BIN)/python -m pytest -q

check: $(READY)  ## format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

model: $(READY)  ## train the default model again, from corpora/labelled and labelled sentences in SHARED
	$(BIN)/thamluan train $(sort $(wildcard corpora/labelled/answers_train_*.jsonl)) corpora/labelled/phrases_train.jsonl \
	  $(SHARED)/data/labelled/real_train.jsonl corpora/labelled/sentence_codes.csv corpora/labelled/news_codes.csv \
	  --texts $(SHARED)/data/unlabelled/sentences.jsonl --texts $(SHARED)/data/news/news.txt.xz --stance stance \
	  --codebook corpora/codebooks/default.yaml \
	  --dev corpora/labelled/answers_dev.jsonl --dev $(SHARED)/data/labelled/real_dev.jsonl \
	  --out models/default --force

marks: $(READY)  ## train the model of missing marks again, from the news in SHARED and corpora
	$(BIN)/thamluan marks $(SHARED)/data/news/news.txt.xz \
	  $(addprefix --own ,$(sort $(wildcard corpora/labelled/answers_train_*.jsonl)) corpora/phrases/short_answers.txt) \
	  --dev corpora/labelled/answers_dev.jsonl --out models/marks --force

vectors: $(READY)  ## make the word vectors again, from the news in SHARED; then the models: make model
	$(BIN)/thamluan vectors $(SHARED)/data/news/news.txt.xz --out models/vectors --force

joints: $(READY)  ## learn the joints of speech again, from SHARED
	$(BIN)/python tests/benchmarks/units.py $(SHARED) --learn models/joints/weights.tsv

lock:  ## pin the newest versions of everything again
	uv pip compile --universal --generate-hashes --no-header --quiet --upgrade --python-version 3.11 --extra dev \
	  pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(PYTHON) -c "open('$(READY)', 'w').close()"

.PHONY: help demo test check model marks vectors joints lock
.DEFAULT_GOAL := help
