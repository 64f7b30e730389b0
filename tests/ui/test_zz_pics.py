import os,re
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from ui.scenes import SCENES
from ui.meeting_scenes import MEETING_SCENES
from ui.form_scenes import FORM_SCENES
import dataclasses
def test_pics(stage):
    scale=int(os.environ.get('SCALE','100')); lang=os.environ.get('LANG_','zh'); theme=os.environ.get('THEME','')
    size=tuple(int(x) for x in os.environ.get('SIZE','1440x900').split('x'))
    only=os.environ.get('ONLY','')
    s=Settings(scale=scale,language=Language(lang))
    if theme: s=dataclasses.replace(s,theme=theme)
    stage.open(s,size)
    src=MEETING_SCENES|FORM_SCENES if only!='all' else SCENES
    for name,scene in src.items():
        if only not in ('','all') and not re.search(only,name): continue
        
        if 'SKIP' in os.environ and re.search(os.environ['SKIP'],name): continue
        w=scene(stage); stage.qtbot.wait(900)
        w.window().grab().save(f'/tmp/shots_m/{name}.png')
        if w.window() is not stage.window: stage.close_dialogs()
        stage.qtbot.wait(50)
