from branchdesk.ui.widgets import layouts
from support.stage import SCREEN, Stage
from ui.daily_scenes import page_of
def test_dbg(stage: Stage):
    orig = layouts.FitScroll._fit
    def fit(self, width):
        orig(self, width)
        if self.parent() is not None and self.parent().objectName()=="daily_detail":
            print("fit", width, self.widget().minimumHeight(), self.isVisible(), self.widget().width())
    layouts.FitScroll._fit = fit
    try:
        window=stage.open(size=SCREEN)
        page=page_of(stage)
        print("shown")
        stage.qtbot.wait(100)
        w=page.daily.detail.scrolling.widget()
        print("end", w.height(), w.minimumHeight(), w.layout().totalHeightForWidth(w.width()), w.layout().hasHeightForWidth())
    finally: layouts.FitScroll._fit=orig
