def log = new File(basedir, 'build.log').text
assert log =~ /answer: class13 0\.\d+/
